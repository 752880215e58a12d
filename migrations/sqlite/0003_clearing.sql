CREATE TABLE `adjustment` (
	`entry_id` blob PRIMARY KEY NOT NULL,
	`id` blob NOT NULL,
	`mirror_id` blob NOT NULL,
	`right_id` blob,
	`business_day` integer NOT NULL,
	`reason` text NOT NULL,
	`proposed_by` blob NOT NULL,
	`approved_by` blob NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `bank_movement` (
	`reference` text NOT NULL,
	`community_id` text NOT NULL,
	`kind` text NOT NULL,
	`fen` integer NOT NULL,
	`subject` blob NOT NULL,
	`entry_id` blob NOT NULL,
	`booked_at` integer NOT NULL,
	PRIMARY KEY(`reference`, `community_id`),
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `bank_movement_community` ON `bank_movement` (`community_id`,`entry_id`);--> statement-breakpoint
CREATE TABLE `day_flows` (
	`day` integer PRIMARY KEY NOT NULL,
	`flows` text NOT NULL,
	`tallied_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `payout` (
	`id` blob PRIMARY KEY NOT NULL,
	`run_id` blob NOT NULL,
	`community_id` text NOT NULL,
	`merchant_id` blob NOT NULL,
	`merchant_name` text NOT NULL,
	`fen` integer NOT NULL,
	`state` text NOT NULL,
	`bank_reference` text,
	`failure` text,
	`decided_at` integer,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payout_state" CHECK("payout"."state" in ('due', 'paid', 'failed', 'carried'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `payout_run` ON `payout` (`run_id`,`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `settlement_file` (
	`run_id` blob NOT NULL,
	`name` text NOT NULL,
	`sha256` blob NOT NULL,
	`row_count` integer NOT NULL,
	`totals` text NOT NULL,
	`content` text NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `name`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `settlement_party` (
	`run_id` blob NOT NULL,
	`community_id` text NOT NULL,
	`name` text NOT NULL,
	`due_to_fen` integer NOT NULL,
	`due_from_fen` integer NOT NULL,
	`net_fen` integer NOT NULL,
	`payable_fen` integer NOT NULL,
	`payouts` integer NOT NULL,
	PRIMARY KEY(`run_id`, `community_id`),
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `settlement_payment` (
	`id` blob PRIMARY KEY NOT NULL,
	`run_id` blob NOT NULL,
	`debtor_id` text NOT NULL,
	`creditor_id` text NOT NULL,
	`fen` integer NOT NULL,
	`debtor_confirmed_at` integer,
	`debtor_confirmed_by` blob,
	`creditor_confirmed_at` integer,
	`creditor_confirmed_by` blob,
	`made_at` integer,
	`made_reference` text,
	`received_at` integer,
	`received_reference` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`debtor_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`creditor_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "settlement_payment_fen" CHECK("settlement_payment"."fen" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `settlement_payment_run` ON `settlement_payment` (`run_id`,`id`);--> statement-breakpoint
CREATE TABLE `settlement_position` (
	`run_id` blob NOT NULL,
	`community_id` text NOT NULL,
	`counterparty_id` text NOT NULL,
	`due_to_fen` integer NOT NULL,
	`due_from_fen` integer NOT NULL,
	`disputed_at` integer,
	`disputed_by` blob,
	`dispute_reason` text,
	`resolved_at` integer,
	`resolved_by` blob,
	`resolution` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`run_id`, `community_id`, `counterparty_id`),
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`counterparty_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `settlement_run` (
	`id` blob PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`from_day` integer NOT NULL,
	`through_day` integer NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by` blob NOT NULL,
	`closed_at` integer,
	`closed_by` blob,
	`confirmed_at` integer,
	`paid_at` integer,
	`gross_fen` integer,
	`net_fen` integer,
	`escalates_at` integer,
	`unconfirmed` integer NOT NULL,
	`unpaid` integer NOT NULL,
	`version` integer NOT NULL,
	CONSTRAINT "settlement_run_state" CHECK("settlement_run"."state" in ('open', 'closed', 'confirmed', 'paid'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `community` ADD `successor_id` text;--> statement-breakpoint
ALTER TABLE `community` ADD `succeeded_from` integer;--> statement-breakpoint
ALTER TABLE `point_grant` ADD `clawed_back_at` integer;--> statement-breakpoint
-- The first values of the policies that are new, in a scheme that was founded before them.
INSERT INTO `policy` SELECT 'cut_off', 1, '{"hour":24}', `effective_from`, `set_at`, `proposed_by`, `approved_by` FROM `policy` WHERE `name` = 'rate' AND `policy_version` = 1;--> statement-breakpoint
INSERT INTO `policy` SELECT 'fund', 1, '{"required":false,"warn_percents":[70,90]}', `effective_from`, `set_at`, `proposed_by`, `approved_by` FROM `policy` WHERE `name` = 'rate' AND `policy_version` = 1;--> statement-breakpoint
INSERT INTO `policy` SELECT 'position_limit', 1, '{"fen":null,"pairs":{}}', `effective_from`, `set_at`, `proposed_by`, `approved_by` FROM `policy` WHERE `name` = 'rate' AND `policy_version` = 1;--> statement-breakpoint
INSERT INTO `policy` SELECT 'confirmation', 1, '{"days":7}', `effective_from`, `set_at`, `proposed_by`, `approved_by` FROM `policy` WHERE `name` = 'rate' AND `policy_version` = 1;--> statement-breakpoint
-- What a run froze, and what moved at a bank, stays as it was written.
CREATE TRIGGER `settlement_party_no_update` BEFORE UPDATE ON `settlement_party` BEGIN SELECT RAISE(ABORT, 'settlement_party is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `settlement_party_no_delete` BEFORE DELETE ON `settlement_party` BEGIN SELECT RAISE(ABORT, 'settlement_party is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `settlement_file_no_update` BEFORE UPDATE ON `settlement_file` BEGIN SELECT RAISE(ABORT, 'settlement_file is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `settlement_file_no_delete` BEFORE DELETE ON `settlement_file` BEGIN SELECT RAISE(ABORT, 'settlement_file is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `bank_movement_no_update` BEFORE UPDATE ON `bank_movement` BEGIN SELECT RAISE(ABORT, 'bank_movement is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `bank_movement_no_delete` BEFORE DELETE ON `bank_movement` BEGIN SELECT RAISE(ABORT, 'bank_movement is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `adjustment_no_update` BEFORE UPDATE ON `adjustment` BEGIN SELECT RAISE(ABORT, 'adjustment is immutable'); END;--> statement-breakpoint
CREATE TRIGGER `adjustment_no_delete` BEFORE DELETE ON `adjustment` BEGIN SELECT RAISE(ABORT, 'adjustment is immutable'); END;