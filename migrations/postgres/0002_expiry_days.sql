CREATE TABLE "expiry_day" (
	"day" date PRIMARY KEY NOT NULL,
	"booked_at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "voucher_open";--> statement-breakpoint
CREATE INDEX "voucher_valid_until" ON "voucher" USING btree ("valid_until","id");--> statement-breakpoint
-- A voucher changes once or twice, and no index of it does: with room on its page the change stays there.
ALTER TABLE "voucher" SET (fillfactor = 85);
