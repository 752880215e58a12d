CREATE TABLE "adjustment" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"mirror_id" uuid NOT NULL,
	"right_id" uuid,
	"business_day" date NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"approved_by" uuid NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_movement" (
	"reference" text NOT NULL,
	"community_id" text NOT NULL,
	"kind" text NOT NULL,
	"fen" bigint NOT NULL,
	"subject" "bytea" NOT NULL,
	"entry_id" uuid NOT NULL,
	"booked_at" bigint NOT NULL,
	CONSTRAINT "bank_movement_reference_community_id_pk" PRIMARY KEY("reference","community_id")
);
--> statement-breakpoint
CREATE TABLE "day_flows" (
	"day" date PRIMARY KEY NOT NULL,
	"flows" text NOT NULL,
	"tallied_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payout" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"community_id" text NOT NULL,
	"merchant_id" uuid NOT NULL,
	"merchant_name" text NOT NULL,
	"fen" bigint NOT NULL,
	"state" text NOT NULL,
	"bank_reference" text,
	"failure" text,
	"decided_at" bigint,
	"version" bigint NOT NULL,
	CONSTRAINT "payout_state" CHECK ("payout"."state" in ('due', 'paid', 'failed', 'carried'))
);
--> statement-breakpoint
CREATE TABLE "settlement_file" (
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"row_count" bigint NOT NULL,
	"totals" text NOT NULL,
	"content" text NOT NULL,
	"made_at" bigint NOT NULL,
	CONSTRAINT "settlement_file_run_id_name_pk" PRIMARY KEY("run_id","name")
);
--> statement-breakpoint
CREATE TABLE "settlement_party" (
	"run_id" uuid NOT NULL,
	"community_id" text NOT NULL,
	"name" text NOT NULL,
	"due_to_fen" bigint NOT NULL,
	"due_from_fen" bigint NOT NULL,
	"net_fen" bigint NOT NULL,
	"payable_fen" bigint NOT NULL,
	"payouts" bigint NOT NULL,
	CONSTRAINT "settlement_party_run_id_community_id_pk" PRIMARY KEY("run_id","community_id")
);
--> statement-breakpoint
CREATE TABLE "settlement_payment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"debtor_id" text NOT NULL,
	"creditor_id" text NOT NULL,
	"fen" bigint NOT NULL,
	"debtor_confirmed_at" bigint,
	"debtor_confirmed_by" "bytea",
	"creditor_confirmed_at" bigint,
	"creditor_confirmed_by" "bytea",
	"made_at" bigint,
	"made_reference" text,
	"received_at" bigint,
	"received_reference" text,
	"version" bigint NOT NULL,
	CONSTRAINT "settlement_payment_fen" CHECK ("settlement_payment"."fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "settlement_position" (
	"run_id" uuid NOT NULL,
	"community_id" text NOT NULL,
	"counterparty_id" text NOT NULL,
	"due_to_fen" bigint NOT NULL,
	"due_from_fen" bigint NOT NULL,
	"disputed_at" bigint,
	"disputed_by" "bytea",
	"dispute_reason" text,
	"resolved_at" bigint,
	"resolved_by" "bytea",
	"resolution" text,
	"version" bigint NOT NULL,
	CONSTRAINT "settlement_position_run_id_community_id_counterparty_id_pk" PRIMARY KEY("run_id","community_id","counterparty_id")
);
--> statement-breakpoint
CREATE TABLE "settlement_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"from_day" date NOT NULL,
	"through_day" date NOT NULL,
	"state" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"opened_by" "bytea" NOT NULL,
	"closed_at" bigint,
	"closed_by" "bytea",
	"confirmed_at" bigint,
	"paid_at" bigint,
	"gross_fen" bigint,
	"net_fen" bigint,
	"escalates_at" bigint,
	"unconfirmed" bigint NOT NULL,
	"unpaid" bigint NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "settlement_run_state" CHECK ("settlement_run"."state" in ('open', 'closed', 'confirmed', 'paid'))
);
--> statement-breakpoint
ALTER TABLE "community" ADD COLUMN "successor_id" text;--> statement-breakpoint
ALTER TABLE "community" ADD COLUMN "succeeded_from" date;--> statement-breakpoint
ALTER TABLE "point_grant" ADD COLUMN "clawed_back_at" bigint;--> statement-breakpoint
ALTER TABLE "bank_movement" ADD CONSTRAINT "bank_movement_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout" ADD CONSTRAINT "payout_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_party" ADD CONSTRAINT "settlement_party_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_payment" ADD CONSTRAINT "settlement_payment_debtor_id_community_id_fk" FOREIGN KEY ("debtor_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_payment" ADD CONSTRAINT "settlement_payment_creditor_id_community_id_fk" FOREIGN KEY ("creditor_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_position" ADD CONSTRAINT "settlement_position_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_position" ADD CONSTRAINT "settlement_position_counterparty_id_community_id_fk" FOREIGN KEY ("counterparty_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_movement_community" ON "bank_movement" USING btree ("community_id","entry_id");--> statement-breakpoint
CREATE INDEX "payout_run" ON "payout" USING btree ("run_id","community_id","id");--> statement-breakpoint
CREATE INDEX "settlement_payment_run" ON "settlement_payment" USING btree ("run_id","id");--> statement-breakpoint
-- The first values of the policies that are new, in a scheme that was founded before them.
INSERT INTO "policy" SELECT 'cut_off', 1, '{"hour":24}', "effective_from", "set_at", "proposed_by", "approved_by" FROM "policy" WHERE "name" = 'rate' AND "policy_version" = 1;--> statement-breakpoint
INSERT INTO "policy" SELECT 'fund', 1, '{"required":false,"warn_percents":[70,90]}', "effective_from", "set_at", "proposed_by", "approved_by" FROM "policy" WHERE "name" = 'rate' AND "policy_version" = 1;--> statement-breakpoint
INSERT INTO "policy" SELECT 'position_limit', 1, '{"fen":null,"pairs":{}}', "effective_from", "set_at", "proposed_by", "approved_by" FROM "policy" WHERE "name" = 'rate' AND "policy_version" = 1;--> statement-breakpoint
INSERT INTO "policy" SELECT 'confirmation', 1, '{"days":7}', "effective_from", "set_at", "proposed_by", "approved_by" FROM "policy" WHERE "name" = 'rate' AND "policy_version" = 1;