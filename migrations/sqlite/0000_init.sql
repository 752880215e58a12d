CREATE TABLE `account` (
	`id` blob NOT NULL,
	`stripe` integer NOT NULL,
	`path` text NOT NULL,
	`kind` text NOT NULL,
	`community` text NOT NULL,
	`unit` text NOT NULL,
	`balance` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`id`, `stripe`),
	CONSTRAINT "account_unit" CHECK("account"."unit" in ('point', 'fen')),
	CONSTRAINT "account_wallet_floor" CHECK("account"."kind" <> 'wallet' or ("account"."balance" <= 0 and "account"."stripe" = 0)),
	CONSTRAINT "account_balance" CHECK("account"."balance" between -9007199254740991 and 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_path` ON `account` (`path`);--> statement-breakpoint
CREATE TABLE `action_rule` (
	`id` blob NOT NULL,
	`rule_version` integer NOT NULL,
	`community_id` text NOT NULL,
	`class` text NOT NULL,
	`name` text NOT NULL,
	`per` text NOT NULL,
	`points` integer NOT NULL,
	`cap_day` integer,
	`cap_month` integer,
	`cap_year` integer,
	`valid_from` integer NOT NULL,
	`valid_until` integer,
	`set_at` integer NOT NULL,
	`set_by` text NOT NULL,
	PRIMARY KEY(`id`, `rule_version`),
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "action_rule_points" CHECK("action_rule"."points" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `action_rule_community` ON `action_rule` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `business_day` (
	`day` integer PRIMARY KEY NOT NULL,
	`closed_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `client` (
	`id` blob PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`community_id` text,
	`merchant_id` blob,
	`store_id` blob,
	`officer_id` blob,
	`resident_id` blob,
	`secret_hash` blob NOT NULL,
	`previous_secret_hash` blob,
	`previous_secret_until` integer,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `client_community` ON `client` (`community_id`,`id`);--> statement-breakpoint
CREATE INDEX `client_merchant` ON `client` (`merchant_id`,`id`);--> statement-breakpoint
CREATE TABLE `code` (
	`hash` blob PRIMARY KEY NOT NULL,
	`voucher_id` blob NOT NULL,
	`minted_at` integer NOT NULL,
	`expires_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `community` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`code` text,
	`opened_at` integer NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `entry` (
	`id` blob PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`business_day` integer NOT NULL,
	`effective_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`subject` blob NOT NULL,
	`reverses` blob
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `point_grant` (
	`id` blob PRIMARY KEY NOT NULL,
	`community_id` text NOT NULL,
	`resident_id` blob NOT NULL,
	`rule_id` blob NOT NULL,
	`rule_version` integer NOT NULL,
	`quantity` integer NOT NULL,
	`points` integer NOT NULL,
	`remaining` integer NOT NULL,
	`occurred_on` integer NOT NULL,
	`expires_on` integer NOT NULL,
	`description` text NOT NULL,
	`external_reference` text,
	`granted_at` integer NOT NULL,
	`granted_by` blob NOT NULL,
	`approved_by` blob,
	`reversed_at` integer,
	`reversal_reason` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "grant_remaining" CHECK("point_grant"."remaining" between 0 and "point_grant"."points")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `grant_community` ON `point_grant` (`community_id`,`id`);--> statement-breakpoint
CREATE INDEX `grant_unspent` ON `point_grant` (`resident_id`,`community_id`,`expires_on`) WHERE remaining > 0;--> statement-breakpoint
CREATE INDEX `grant_resident` ON `point_grant` (`resident_id`,`id`);--> statement-breakpoint
CREATE TABLE `grant_reference` (
	`community_id` text NOT NULL,
	`reference` text NOT NULL,
	`grant_id` blob NOT NULL,
	PRIMARY KEY(`reference`, `community_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `limit_use` (
	`id` blob PRIMARY KEY NOT NULL,
	`used` integer NOT NULL,
	`at_most` integer,
	CONSTRAINT "limit_use_at_most" CHECK("limit_use"."at_most" is null or "limit_use"."used" <= "limit_use"."at_most")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `lot` (
	`resident_id` blob NOT NULL,
	`community_id` text NOT NULL,
	`expires_on` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `community_id`, `expires_on`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `merchant` (
	`id` blob PRIMARY KEY NOT NULL,
	`community_id` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`status_reason` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `merchant_community` ON `merchant` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `offer` (
	`id` blob PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`points` integer NOT NULL,
	`settlement_fen` integer,
	`merchant_id` blob,
	`community_id` text,
	`status` text NOT NULL,
	`status_reason` text,
	`created_at` integer NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `offer_community` ON `offer` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `officer` (
	`id` blob PRIMARY KEY NOT NULL,
	`community_id` text,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `officer_community` ON `officer` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `policy` (
	`name` text NOT NULL,
	`policy_version` integer NOT NULL,
	`value` text NOT NULL,
	`effective_from` integer NOT NULL,
	`set_at` integer NOT NULL,
	`proposed_by` text NOT NULL,
	`approved_by` text NOT NULL,
	PRIMARY KEY(`name`, `policy_version`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `posting` (
	`account` blob NOT NULL,
	`entry` blob NOT NULL,
	`seq` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`entry`, `seq`),
	CONSTRAINT "posting_amount" CHECK("posting"."amount" <> 0 and "posting"."amount" between -9007199254740991 and 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `posting_wallet` ON `posting` (`account`,`entry`) WHERE account >= x'02' and account < x'03';--> statement-breakpoint
CREATE TABLE `proposal` (
	`id` blob PRIMARY KEY NOT NULL,
	`command` text NOT NULL,
	`input` text NOT NULL,
	`community_id` text,
	`reason` text NOT NULL,
	`proposed_by` blob NOT NULL,
	`proposed_at` integer NOT NULL,
	`lapses_at` integer NOT NULL,
	`status` text NOT NULL,
	`decided_by` blob,
	`decided_at` integer,
	`decision_reason` text,
	`result` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `proposal_community` ON `proposal` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `redemption` (
	`id` blob PRIMARY KEY NOT NULL,
	`voucher_id` blob NOT NULL,
	`merchant_id` blob NOT NULL,
	`store_id` blob NOT NULL,
	`terminal_id` blob,
	`client` blob NOT NULL,
	`request_no` text NOT NULL,
	`order_no` text NOT NULL,
	`order_amount_fen` integer,
	`points` integer NOT NULL,
	`fen` integer NOT NULL,
	`business_day` integer NOT NULL,
	`at` integer NOT NULL,
	`presented_at` integer,
	`reversible_until` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `redemption_day_store` ON `redemption` (`business_day`,`store_id`,`id`);--> statement-breakpoint
CREATE TABLE `redemption_reversal` (
	`redemption_id` blob PRIMARY KEY NOT NULL,
	`id` blob NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`store_id` blob NOT NULL,
	`client` blob NOT NULL,
	`business_day` integer NOT NULL,
	`at` integer NOT NULL,
	CONSTRAINT "redemption_reversal_kind" CHECK("redemption_reversal"."kind" in ('reversed', 'voided'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `redemption_reversal_day_store` ON `redemption_reversal` (`business_day`,`store_id`,`id`);--> statement-breakpoint
CREATE TABLE `request` (
	`key` text NOT NULL,
	`client` blob NOT NULL,
	`hash` blob NOT NULL,
	`command` text NOT NULL,
	`command_id` blob NOT NULL,
	`actor` blob NOT NULL,
	`at` integer NOT NULL,
	`outcome` text,
	`voided_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`key`, `client`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `resident` (
	`id` blob PRIMARY KEY NOT NULL,
	`community_id` text NOT NULL,
	`name` text NOT NULL,
	`phone_hash` blob NOT NULL,
	`phone_sealed` text NOT NULL,
	`status` text NOT NULL,
	`status_reason` text,
	`registered_at` integer NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`community_id`) REFERENCES `community`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `resident_community` ON `resident` (`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `resident_phone` (
	`hash` blob PRIMARY KEY NOT NULL,
	`resident_id` blob NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `scheme` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `store` (
	`id` blob PRIMARY KEY NOT NULL,
	`merchant_id` blob NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `store_merchant` ON `store` (`merchant_id`,`id`);--> statement-breakpoint
CREATE TABLE `terminal` (
	`id` blob PRIMARY KEY NOT NULL,
	`store_id` blob NOT NULL,
	`merchant_id` blob NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `terminal_store` ON `terminal` (`store_id`,`id`);--> statement-breakpoint
CREATE TABLE `voucher` (
	`id` blob PRIMARY KEY NOT NULL,
	`resident_id` blob NOT NULL,
	`offer_id` blob NOT NULL,
	`kind` text NOT NULL,
	`points` integer NOT NULL,
	`face_fen` integer NOT NULL,
	`shares` text NOT NULL,
	`merchant_id` blob,
	`state` text NOT NULL,
	`state_reason` text,
	`issued_at` integer NOT NULL,
	`issued_by` blob NOT NULL,
	`valid_until` integer NOT NULL,
	`cycles` integer NOT NULL,
	`redemption_id` blob,
	`redeemed_at` integer,
	`version` integer NOT NULL,
	CONSTRAINT "voucher_state" CHECK("voucher"."state" in ('issued', 'redeemed', 'cancelled', 'expired', 'suspended')),
	CONSTRAINT "voucher_redemption" CHECK(("voucher"."state" = 'redeemed') = ("voucher"."redemption_id" is not null))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `voucher_resident` ON `voucher` (`resident_id`,`id`);--> statement-breakpoint
CREATE INDEX `voucher_open` ON `voucher` (`valid_until`) WHERE state in ('issued', 'suspended');--> statement-breakpoint
CREATE TABLE `voucher_source` (
	`voucher_id` blob NOT NULL,
	`grant_id` blob NOT NULL,
	`points` integer NOT NULL,
	PRIMARY KEY(`voucher_id`, `grant_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `voucher_source_grant` ON `voucher_source` (`grant_id`);