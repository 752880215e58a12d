ALTER TABLE `resident` ADD `name_key` blob;--> statement-breakpoint
-- step: fill-name-keys
--> statement-breakpoint
CREATE INDEX `resident_community_name` ON `resident` (`community_id`,`name_key`,`id`);--> statement-breakpoint
CREATE INDEX `resident_name` ON `resident` (`name_key`,`id`);