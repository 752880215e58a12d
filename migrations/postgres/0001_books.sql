-- The day before all others: every batch holds this row while it writes, and closing a day changes it.
INSERT INTO "business_day" VALUES ('0001-01-01', 0);--> statement-breakpoint
-- Rows that change again and again leave room on their page, so that a change stays on it and touches no index.
ALTER TABLE "account" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "limit_use" SET (fillfactor = 80);
