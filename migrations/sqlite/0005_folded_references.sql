CREATE TABLE `bank_reference` (
	`folded` text NOT NULL,
	`community_id` text NOT NULL,
	`reference` text NOT NULL,
	PRIMARY KEY(`folded`, `community_id`),
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `folded_grant_reference` (
	`community_id` text NOT NULL,
	`folded` text NOT NULL,
	`grant_id` blob NOT NULL,
	PRIMARY KEY(`folded`, `community_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `redemption` ADD `order_key` blob;--> statement-breakpoint
-- A reference stands for one thing for ever.
CREATE TRIGGER `bank_reference_no_update` BEFORE UPDATE ON `bank_reference` BEGIN SELECT RAISE(ABORT, 'bank_reference is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `bank_reference_no_delete` BEFORE DELETE ON `bank_reference` BEGIN SELECT RAISE(ABORT, 'bank_reference is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `folded_grant_reference_no_update` BEFORE UPDATE ON `folded_grant_reference` BEGIN SELECT RAISE(ABORT, 'folded_grant_reference is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `folded_grant_reference_no_delete` BEFORE DELETE ON `folded_grant_reference` BEGIN SELECT RAISE(ABORT, 'folded_grant_reference is immutable'); END;--> statement-breakpoint
-- step: fold-references
