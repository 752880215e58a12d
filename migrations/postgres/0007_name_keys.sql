ALTER TABLE "resident" ADD COLUMN "name_key" "bytea";--> statement-breakpoint
-- step: fill-name-keys
--> statement-breakpoint
CREATE INDEX "resident_community_name" ON "resident" USING btree ("community_id","name_key","id");--> statement-breakpoint
CREATE INDEX "resident_name" ON "resident" USING btree ("name_key","id");