CREATE TABLE `consent` (
	`resident_id` blob NOT NULL,
	`notice_version` integer NOT NULL,
	`how` text NOT NULL,
	`paper_number` text,
	`guardian` text,
	`taken_by` blob,
	`at` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `notice_version`),
	CONSTRAINT "consent_how" CHECK("consent"."how" in ('phone', 'paper', 'counter'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `erasure` (
	`id` blob PRIMARY KEY NOT NULL,
	`resident_id` blob NOT NULL,
	`requested_at` integer NOT NULL,
	`requested_by` blob,
	`approved_by` blob,
	`points` integer NOT NULL,
	`due_at` integer NOT NULL,
	`withdrawn_at` integer,
	`ended_at` integer,
	`blanked_at` integer,
	`finished_at` integer,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `erasure_open` ON `erasure` (`due_at`,`id`) WHERE withdrawn_at is null and finished_at is null;--> statement-breakpoint
CREATE INDEX `erasure_resident` ON `erasure` (`resident_id`,`id`);--> statement-breakpoint
CREATE TABLE `grant_list` (
	`id` blob PRIMARY KEY NOT NULL,
	`community_id` text NOT NULL,
	`rows` integer NOT NULL,
	`points` integer NOT NULL,
	`list_hash` blob NOT NULL,
	`approved_at` integer NOT NULL,
	`approved_by` blob NOT NULL,
	`proposed_by` blob NOT NULL,
	`granted` integer NOT NULL,
	`refused` integer NOT NULL,
	`done_at` integer,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `grant_list_open` ON `grant_list` (`approved_at`,`id`) WHERE done_at is null;--> statement-breakpoint
CREATE TABLE `household` (
	`id` blob PRIMARY KEY NOT NULL,
	`community_id` text NOT NULL,
	`head_id` blob NOT NULL,
	`founded_at` integer NOT NULL,
	`ended_at` integer,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `household_community` ON `household` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `household_code` (
	`hash` blob PRIMARY KEY NOT NULL,
	`household_id` blob NOT NULL,
	`minted_at` integer NOT NULL,
	`expires_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `household_member` (
	`household_id` blob NOT NULL,
	`resident_id` blob NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`how` text NOT NULL,
	`by` blob,
	`reason` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`household_id`, `resident_id`, `since`),
	CONSTRAINT "household_member_how" CHECK("household_member"."how" in ('head', 'code', 'counter'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `household_member_resident` ON `household_member` (`resident_id`,`household_id`);--> statement-breakpoint
CREATE TABLE `household_of` (
	`resident_id` blob PRIMARY KEY NOT NULL,
	`household_id` blob,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `list_export` (
	`id` blob PRIMARY KEY NOT NULL,
	`officer_id` blob NOT NULL,
	`community_id` text,
	`what` text NOT NULL,
	`reason` text,
	`rows` integer NOT NULL,
	`at` integer NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `list_export_community` ON `list_export` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `message_sent` (
	`resident_id` blob NOT NULL,
	`kind` text NOT NULL,
	`subject` blob NOT NULL,
	`at` integer NOT NULL,
	`claimed_at` integer NOT NULL,
	`tries` integer NOT NULL,
	`delivered_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `kind`, `subject`, `at`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `message_sent_open` ON `message_sent` (`at`,`resident_id`,`kind`,`subject`) WHERE delivered_at is null;--> statement-breakpoint
CREATE TABLE `name_correction` (
	`resident_id` blob NOT NULL,
	`corrected_at` integer NOT NULL,
	`former_name` text NOT NULL,
	`reason` text NOT NULL,
	`corrected_by` blob NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `corrected_at`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `name_slot` (
	`slot` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `phone_change` (
	`id` blob PRIMARY KEY NOT NULL,
	`resident_id` blob NOT NULL,
	`former_hash` blob NOT NULL,
	`former_sealed` text NOT NULL,
	`new_hash` blob NOT NULL,
	`how` text NOT NULL,
	`changed_at` integer NOT NULL,
	`proposed_by` blob,
	`approved_by` blob,
	`closed_until` integer,
	`stopped_at` integer,
	`stopped_by` blob,
	`version` integer NOT NULL,
	CONSTRAINT "phone_change_how" CHECK("phone_change"."how" in ('codes', 'counter'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `phone_change_resident` ON `phone_change` (`resident_id`,`id`);--> statement-breakpoint
CREATE TABLE `proposal_person` (
	`resident_id` blob NOT NULL,
	`proposal_id` blob NOT NULL,
	PRIMARY KEY(`resident_id`, `proposal_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `registration` (
	`resident_id` blob PRIMARY KEY NOT NULL,
	`community_id` text NOT NULL,
	`made_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` blob,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `registration_waiting` ON `registration` (`community_id`,`resident_id`) WHERE decided_at is null;--> statement-breakpoint
CREATE TABLE `resident_key` (
	`resident_id` blob NOT NULL,
	`place` integer NOT NULL,
	`community_id` text NOT NULL,
	`key` blob,
	`version` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `place`),
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- step: fill-search-keys
--> statement-breakpoint
CREATE INDEX `resident_key_community` ON `resident_key` (`community_id`,`key`,`resident_id`);--> statement-breakpoint
CREATE INDEX `resident_key_all` ON `resident_key` (`key`,`resident_id`);--> statement-breakpoint
CREATE TABLE `resident_move` (
	`resident_id` blob NOT NULL,
	`moved_at` integer NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`how` text NOT NULL,
	`reason` text,
	`moved_by` blob NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `moved_at`),
	FOREIGN KEY (`from_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "resident_move_how" CHECK("resident_move"."how" in ('code', 'counter'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `same_person` (
	`resident_id` blob NOT NULL,
	`other_id` blob NOT NULL,
	`community_id` text NOT NULL,
	`why` text NOT NULL,
	`found_at` integer NOT NULL,
	`same` integer,
	`answer` text,
	`answered_by` blob,
	`answered_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `other_id`),
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "same_person_why" CHECK("same_person"."why" in ('name', 'device'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `same_person_open` ON `same_person` (`community_id`,`resident_id`,`other_id`) WHERE same is null;--> statement-breakpoint
CREATE INDEX `same_person_other` ON `same_person` (`other_id`,`resident_id`);--> statement-breakpoint
CREATE TABLE `__new_resident_phone` (
	`hash` blob PRIMARY KEY NOT NULL,
	`resident_id` blob,
	`held_until` integer,
	`heard_at` integer,
	`version` integer DEFAULT 1 NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_resident_phone`("hash", "resident_id", "held_until", "heard_at", "version") SELECT "hash", "resident_id", NULL, NULL, 1 FROM `resident_phone`;--> statement-breakpoint
DROP TABLE `resident_phone`;--> statement-breakpoint
ALTER TABLE `__new_resident_phone` RENAME TO `resident_phone`;--> statement-breakpoint
ALTER TABLE `officer` ADD `resident_id` blob;--> statement-breakpoint
ALTER TABLE `officer` ADD `resident_since` integer;--> statement-breakpoint
ALTER TABLE `proposal` ADD `resident_id` blob;--> statement-breakpoint
CREATE INDEX `proposal_resident` ON `proposal` (`resident_id`,`id`) WHERE resident_id is not null;--> statement-breakpoint
ALTER TABLE `resident` ADD `spends_from` integer;--> statement-breakpoint
ALTER TABLE `resident` ADD `papers_from` integer;--> statement-breakpoint
ALTER TABLE `resident` ADD `erasure_id` blob;--> statement-breakpoint
ALTER TABLE `voucher` ADD `last_redemption_id` blob;--> statement-breakpoint
CREATE INDEX `client_resident` ON `client` (`resident_id`,`id`) WHERE resident_id is not null;--> statement-breakpoint
CREATE INDEX `code_paper` ON `code` (`voucher_id`,`minted_at`) WHERE pin_hash is not null;--> statement-breakpoint
-- A number was heard when somebody last signed in with it, as far as sessions are kept; for all others, when it was registered.
UPDATE `resident_phone` SET `heard_at` = `heard`.`at` FROM (SELECT `client`.`resident_id`, max(`session`.`started_at`) AS `at` FROM `client` JOIN `session` ON `session`.`client_id` = `client`.`id` WHERE `client`.`resident_id` IS NOT NULL GROUP BY `client`.`resident_id`) AS `heard` WHERE `heard`.`resident_id` = `resident_phone`.`resident_id`;--> statement-breakpoint
-- The first values of the policies that are new, in a scheme that was founded before them.
INSERT INTO `policy` SELECT 'calendar', 1, '{"off":[],"on":[]}', `effective_from`, `set_at`, `proposed_by`, `approved_by` FROM `policy` WHERE `name` = 'rate' AND `policy_version` = 1;--> statement-breakpoint
-- What an officer grants alone is counted from now on: it was set after the last grant, by which the audit knows what is not counted.
INSERT INTO `policy` SELECT 'grant_alone', 1, '{"points":200,"points_day":2000,"points_resident_month":600}', `effective_from`, coalesce((SELECT max(`granted_at`) + 1 FROM `point_grant`), `set_at`), `proposed_by`, `approved_by` FROM `policy` WHERE `name` = 'rate' AND `policy_version` = 1;--> statement-breakpoint
-- The reason of a reversal or an adjustment may be emptied; nothing else of it ever changes.
DROP TRIGGER `redemption_reversal_no_update`;--> statement-breakpoint
CREATE TRIGGER `redemption_reversal_no_update` BEFORE UPDATE OF `redemption_id`, `id`, `kind`, `store_id`, `client`, `business_day`, `at` ON `redemption_reversal` BEGIN SELECT RAISE(ABORT, 'reversals are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `redemption_reversal_only_emptied` BEFORE UPDATE OF `reason` ON `redemption_reversal` WHEN NEW.`reason` <> '' BEGIN SELECT RAISE(ABORT, 'reversals are immutable'); END;--> statement-breakpoint
DROP TRIGGER `adjustment_no_update`;--> statement-breakpoint
CREATE TRIGGER `adjustment_no_update` BEFORE UPDATE OF `entry_id`, `id`, `mirror_id`, `right_id`, `business_day`, `proposed_by`, `approved_by`, `at` ON `adjustment` BEGIN SELECT RAISE(ABORT, 'adjustment is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `adjustment_only_emptied` BEFORE UPDATE OF `reason` ON `adjustment` WHEN NEW.`reason` <> '' BEGIN SELECT RAISE(ABORT, 'adjustment is immutable'); END;--> statement-breakpoint
-- step: fill-proposal-residents