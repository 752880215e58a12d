CREATE TABLE "proposal_person" (
	"resident_id" uuid NOT NULL,
	"proposal_id" uuid NOT NULL,
	CONSTRAINT "proposal_person_resident_id_proposal_id_pk" PRIMARY KEY("resident_id","proposal_id")
);
--> statement-breakpoint
CREATE TABLE "resident_key" (
	"resident_id" uuid NOT NULL,
	"place" bigint NOT NULL,
	"community_id" text NOT NULL,
	"key" "bytea",
	"version" bigint NOT NULL,
	CONSTRAINT "resident_key_resident_id_place_pk" PRIMARY KEY("resident_id","place")
);
--> statement-breakpoint
ALTER TABLE "resident_key" ADD CONSTRAINT "resident_key_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- step: fill-search-keys
--> statement-breakpoint
CREATE INDEX "resident_key_community" ON "resident_key" USING btree ("community_id","key","resident_id");--> statement-breakpoint
CREATE INDEX "resident_key_all" ON "resident_key" USING btree ("key","resident_id");--> statement-breakpoint
CREATE INDEX "grant_list_open" ON "grant_list" USING btree ("approved_at","id") WHERE done_at is null;