-- The day before all others: the row that stands for the books being open.
INSERT INTO `business_day` VALUES (10101, 0);--> statement-breakpoint
-- What was booked stays as it was booked: a wrong entry is answered by its reversal.
CREATE TRIGGER `entry_no_update` BEFORE UPDATE ON `entry` BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `entry_no_delete` BEFORE DELETE ON `entry` BEGIN SELECT RAISE(ABORT, 'entries are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `posting_no_update` BEFORE UPDATE ON `posting` BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `posting_no_delete` BEFORE DELETE ON `posting` BEGIN SELECT RAISE(ABORT, 'postings are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `redemption_no_update` BEFORE UPDATE ON `redemption` BEGIN SELECT RAISE(ABORT, 'redemptions are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `redemption_no_delete` BEFORE DELETE ON `redemption` BEGIN SELECT RAISE(ABORT, 'redemptions are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `redemption_reversal_no_update` BEFORE UPDATE ON `redemption_reversal` BEGIN SELECT RAISE(ABORT, 'reversals are immutable'); END;--> statement-breakpoint
CREATE TRIGGER `redemption_reversal_no_delete` BEFORE DELETE ON `redemption_reversal` BEGIN SELECT RAISE(ABORT, 'reversals are immutable'); END;
