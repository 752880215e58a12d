CREATE TABLE "bank_reference" (
	"folded" text NOT NULL,
	"community_id" text NOT NULL,
	"reference" text NOT NULL,
	CONSTRAINT "bank_reference_folded_community_id_pk" PRIMARY KEY("folded","community_id")
);
--> statement-breakpoint
CREATE TABLE "folded_grant_reference" (
	"community_id" text NOT NULL,
	"folded" text NOT NULL,
	"grant_id" uuid NOT NULL,
	CONSTRAINT "folded_grant_reference_folded_community_id_pk" PRIMARY KEY("folded","community_id")
);
--> statement-breakpoint
ALTER TABLE "redemption" ADD COLUMN "order_key" "bytea";--> statement-breakpoint
ALTER TABLE "bank_reference" ADD CONSTRAINT "bank_reference_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- step: fold-references
