CREATE TABLE "account" (
	"id" "bytea" NOT NULL,
	"stripe" bigint NOT NULL,
	"path" text NOT NULL,
	"kind" text NOT NULL,
	"community" text NOT NULL,
	"unit" text NOT NULL,
	"balance" bigint NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "account_id_stripe_pk" PRIMARY KEY("id","stripe"),
	CONSTRAINT "account_unit" CHECK ("account"."unit" in ('point', 'fen')),
	CONSTRAINT "account_wallet_floor" CHECK ("account"."kind" <> 'wallet' or ("account"."balance" <= 0 and "account"."stripe" = 0)),
	CONSTRAINT "account_balance" CHECK ("account"."balance" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "action_rule" (
	"id" uuid NOT NULL,
	"rule_version" bigint NOT NULL,
	"community_id" text NOT NULL,
	"class" text NOT NULL,
	"name" text NOT NULL,
	"per" text NOT NULL,
	"points" bigint NOT NULL,
	"cap_day" bigint,
	"cap_month" bigint,
	"cap_year" bigint,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"set_at" bigint NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "action_rule_id_rule_version_pk" PRIMARY KEY("id","rule_version"),
	CONSTRAINT "action_rule_points" CHECK ("action_rule"."points" > 0)
);
--> statement-breakpoint
CREATE TABLE "business_day" (
	"day" date PRIMARY KEY NOT NULL,
	"closed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "client" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"scopes" text NOT NULL,
	"community_id" text,
	"merchant_id" uuid,
	"store_id" uuid,
	"officer_id" uuid,
	"resident_id" uuid,
	"secret_hash" "bytea" NOT NULL,
	"previous_secret_hash" "bytea",
	"previous_secret_until" bigint,
	"status" text NOT NULL,
	"created_at" bigint NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "code" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"voucher_id" uuid NOT NULL,
	"minted_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "community" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"code" text,
	"opened_at" bigint NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"business_day" date NOT NULL,
	"effective_at" bigint NOT NULL,
	"recorded_at" bigint NOT NULL,
	"subject" "bytea" NOT NULL,
	"reverses" uuid
);
--> statement-breakpoint
CREATE TABLE "point_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_version" bigint NOT NULL,
	"quantity" bigint NOT NULL,
	"points" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"occurred_on" date NOT NULL,
	"expires_on" date NOT NULL,
	"description" text NOT NULL,
	"external_reference" text,
	"granted_at" bigint NOT NULL,
	"granted_by" "bytea" NOT NULL,
	"approved_by" "bytea",
	"reversed_at" bigint,
	"reversal_reason" text,
	"version" bigint NOT NULL,
	CONSTRAINT "grant_remaining" CHECK ("point_grant"."remaining" between 0 and "point_grant"."points")
);
--> statement-breakpoint
CREATE TABLE "grant_reference" (
	"community_id" text NOT NULL,
	"reference" text NOT NULL,
	"grant_id" uuid NOT NULL,
	CONSTRAINT "grant_reference_reference_community_id_pk" PRIMARY KEY("reference","community_id")
);
--> statement-breakpoint
CREATE TABLE "limit_use" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"used" bigint NOT NULL,
	"at_most" bigint,
	CONSTRAINT "limit_use_at_most" CHECK ("limit_use"."at_most" is null or "limit_use"."used" <= "limit_use"."at_most")
);
--> statement-breakpoint
CREATE TABLE "lot" (
	"resident_id" uuid NOT NULL,
	"community_id" text NOT NULL,
	"expires_on" date NOT NULL,
	CONSTRAINT "lot_resident_id_community_id_expires_on_pk" PRIMARY KEY("resident_id","community_id","expires_on")
);
--> statement-breakpoint
CREATE TABLE "merchant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"points" bigint NOT NULL,
	"settlement_fen" bigint,
	"merchant_id" uuid,
	"community_id" text,
	"status" text NOT NULL,
	"status_reason" text,
	"created_at" bigint NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "officer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" text,
	"name" text NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy" (
	"name" text NOT NULL,
	"policy_version" bigint NOT NULL,
	"value" text NOT NULL,
	"effective_from" bigint NOT NULL,
	"set_at" bigint NOT NULL,
	"proposed_by" text NOT NULL,
	"approved_by" text NOT NULL,
	CONSTRAINT "policy_name_policy_version_pk" PRIMARY KEY("name","policy_version")
);
--> statement-breakpoint
CREATE TABLE "posting" (
	"account" "bytea" NOT NULL,
	"entry" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "posting_entry_seq_pk" PRIMARY KEY("entry","seq"),
	CONSTRAINT "posting_amount" CHECK ("posting"."amount" <> 0 and "posting"."amount" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"command" text NOT NULL,
	"input" text NOT NULL,
	"community_id" text,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" bigint NOT NULL,
	"lapses_at" bigint NOT NULL,
	"status" text NOT NULL,
	"decided_by" uuid,
	"decided_at" bigint,
	"decision_reason" text,
	"result" text,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "redemption" (
	"id" uuid PRIMARY KEY NOT NULL,
	"voucher_id" uuid NOT NULL,
	"merchant_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"terminal_id" uuid,
	"client" uuid NOT NULL,
	"request_no" text NOT NULL,
	"order_no" text NOT NULL,
	"order_amount_fen" bigint,
	"points" bigint NOT NULL,
	"fen" bigint NOT NULL,
	"business_day" date NOT NULL,
	"at" bigint NOT NULL,
	"presented_at" bigint,
	"reversible_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "redemption_reversal" (
	"redemption_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"store_id" uuid NOT NULL,
	"client" uuid NOT NULL,
	"business_day" date NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "redemption_reversal_kind" CHECK ("redemption_reversal"."kind" in ('reversed', 'voided'))
);
--> statement-breakpoint
CREATE TABLE "request" (
	"key" text NOT NULL,
	"client" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"command" text NOT NULL,
	"command_id" "bytea" NOT NULL,
	"actor" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"outcome" text,
	"voided_at" bigint,
	"version" bigint NOT NULL,
	CONSTRAINT "request_key_client_pk" PRIMARY KEY("key","client")
);
--> statement-breakpoint
CREATE TABLE "resident" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"name" text NOT NULL,
	"phone_hash" "bytea" NOT NULL,
	"phone_sealed" text NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"registered_at" bigint NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resident_phone" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheme" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "store" (
	"id" uuid PRIMARY KEY NOT NULL,
	"merchant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terminal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"merchant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voucher" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"points" bigint NOT NULL,
	"face_fen" bigint NOT NULL,
	"shares" text NOT NULL,
	"merchant_id" uuid,
	"state" text NOT NULL,
	"state_reason" text,
	"issued_at" bigint NOT NULL,
	"issued_by" "bytea" NOT NULL,
	"valid_until" bigint NOT NULL,
	"cycles" bigint NOT NULL,
	"redemption_id" uuid,
	"redeemed_at" bigint,
	"version" bigint NOT NULL,
	CONSTRAINT "voucher_state" CHECK ("voucher"."state" in ('issued', 'redeemed', 'cancelled', 'expired', 'suspended')),
	CONSTRAINT "voucher_redemption" CHECK (("voucher"."state" = 'redeemed') = ("voucher"."redemption_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "voucher_source" (
	"voucher_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"points" bigint NOT NULL,
	CONSTRAINT "voucher_source_voucher_id_grant_id_pk" PRIMARY KEY("voucher_id","grant_id")
);
--> statement-breakpoint
ALTER TABLE "action_rule" ADD CONSTRAINT "action_rule_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client" ADD CONSTRAINT "client_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "point_grant" ADD CONSTRAINT "point_grant_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant" ADD CONSTRAINT "merchant_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer" ADD CONSTRAINT "officer_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident" ADD CONSTRAINT "resident_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_path" ON "account" USING btree ("path");--> statement-breakpoint
CREATE INDEX "action_rule_community" ON "action_rule" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "client_community" ON "client" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "client_merchant" ON "client" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "grant_community" ON "point_grant" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "grant_unspent" ON "point_grant" USING btree ("resident_id","community_id","expires_on") WHERE remaining > 0;--> statement-breakpoint
CREATE INDEX "grant_resident" ON "point_grant" USING btree ("resident_id","id");--> statement-breakpoint
CREATE INDEX "merchant_community" ON "merchant" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "offer_community" ON "offer" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "officer_community" ON "officer" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "posting_wallet" ON "posting" USING btree ("account","entry") WHERE account >= '\x02'::bytea and account < '\x03'::bytea;--> statement-breakpoint
CREATE INDEX "proposal_community" ON "proposal" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "redemption_day_store" ON "redemption" USING btree ("business_day","store_id","id");--> statement-breakpoint
CREATE INDEX "redemption_reversal_day_store" ON "redemption_reversal" USING btree ("business_day","store_id","id");--> statement-breakpoint
CREATE INDEX "resident_community" ON "resident" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "store_merchant" ON "store" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "terminal_store" ON "terminal" USING btree ("store_id","id");--> statement-breakpoint
CREATE INDEX "voucher_resident" ON "voucher" USING btree ("resident_id","id");--> statement-breakpoint
CREATE INDEX "voucher_open" ON "voucher" USING btree ("valid_until") WHERE state in ('issued', 'suspended');--> statement-breakpoint
CREATE INDEX "voucher_source_grant" ON "voucher_source" USING btree ("grant_id");