CREATE TABLE `proposal_person` (
	`resident_id` blob NOT NULL,
	`proposal_id` blob NOT NULL,
	PRIMARY KEY(`resident_id`, `proposal_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
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
CREATE INDEX `grant_list_open` ON `grant_list` (`approved_at`,`id`) WHERE done_at is null;