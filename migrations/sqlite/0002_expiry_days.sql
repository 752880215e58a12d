CREATE TABLE `expiry_day` (
	`day` integer PRIMARY KEY NOT NULL,
	`booked_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `voucher_open`;--> statement-breakpoint
CREATE INDEX `voucher_valid_until` ON `voucher` (`valid_until`,`id`);