CREATE TABLE `name_correction` (
	`resident_id` blob NOT NULL,
	`corrected_at` integer NOT NULL,
	`former_name` text NOT NULL,
	`reason` text NOT NULL,
	`corrected_by` blob NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`resident_id`, `corrected_at`)
) STRICT, WITHOUT ROWID;
