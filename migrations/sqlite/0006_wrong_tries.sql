CREATE TABLE `wrong_tries` (
	`slot` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
