CREATE TABLE `audit_report` (
	`id` blob PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	`ok` integer NOT NULL,
	`checks` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `day_figures` (
	`day` integer PRIMARY KEY NOT NULL,
	`figures` text NOT NULL,
	`tallied_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `login` (
	`id` blob PRIMARY KEY NOT NULL,
	`client_id` blob NOT NULL,
	`name` text NOT NULL,
	`person_name` text NOT NULL,
	`password_hash` text NOT NULL,
	`password_temporary` integer NOT NULL,
	`totp_sealed` text,
	`totp_confirmed` integer NOT NULL,
	`totp_step` integer,
	`failures` integer NOT NULL,
	`locked_until` integer,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` blob NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `login_client` ON `login` (`client_id`,`id`);--> statement-breakpoint
CREATE TABLE `login_name` (
	`name` text PRIMARY KEY NOT NULL,
	`login_id` blob NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `session` (
	`id` blob PRIMARY KEY NOT NULL,
	`client_id` blob NOT NULL,
	`login_id` blob,
	`device` text NOT NULL,
	`started_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `session_client` ON `session` (`client_id`,`id`);--> statement-breakpoint
CREATE TABLE `sign_in_code` (
	`phone_hash` blob PRIMARY KEY NOT NULL,
	`code_hash` blob NOT NULL,
	`sent_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`failures` integer NOT NULL,
	`used` integer NOT NULL,
	`asked` integer NOT NULL,
	`counted_from` integer NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `code` ADD `pin_hash` blob;--> statement-breakpoint
ALTER TABLE `store` ADD `address` text;--> statement-breakpoint
ALTER TABLE `store` ADD `latitude_e6` integer;--> statement-breakpoint
ALTER TABLE `store` ADD `longitude_e6` integer;