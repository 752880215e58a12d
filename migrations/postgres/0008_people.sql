CREATE TABLE "consent" (
	"resident_id" uuid NOT NULL,
	"notice_version" bigint NOT NULL,
	"how" text NOT NULL,
	"paper_number" text,
	"guardian" text,
	"taken_by" uuid,
	"at" bigint NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "consent_resident_id_notice_version_pk" PRIMARY KEY("resident_id","notice_version"),
	CONSTRAINT "consent_how" CHECK ("consent"."how" in ('phone', 'paper', 'counter'))
);
--> statement-breakpoint
CREATE TABLE "erasure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"requested_at" bigint NOT NULL,
	"requested_by" uuid,
	"approved_by" uuid,
	"points" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"withdrawn_at" bigint,
	"ended_at" bigint,
	"blanked_at" bigint,
	"finished_at" bigint,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grant_list" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"rows" bigint NOT NULL,
	"points" bigint NOT NULL,
	"list_hash" "bytea" NOT NULL,
	"approved_at" bigint NOT NULL,
	"approved_by" uuid NOT NULL,
	"proposed_by" uuid NOT NULL,
	"granted" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"done_at" bigint,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"head_id" uuid NOT NULL,
	"founded_at" bigint NOT NULL,
	"ended_at" bigint,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household_code" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"minted_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "household_member" (
	"household_id" uuid NOT NULL,
	"resident_id" uuid NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint,
	"how" text NOT NULL,
	"by" uuid,
	"reason" text,
	"version" bigint NOT NULL,
	CONSTRAINT "household_member_household_id_resident_id_since_pk" PRIMARY KEY("household_id","resident_id","since"),
	CONSTRAINT "household_member_how" CHECK ("household_member"."how" in ('head', 'code', 'counter'))
);
--> statement-breakpoint
CREATE TABLE "household_of" (
	"resident_id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_export" (
	"id" uuid PRIMARY KEY NOT NULL,
	"officer_id" uuid NOT NULL,
	"community_id" text,
	"what" text NOT NULL,
	"reason" text,
	"rows" bigint NOT NULL,
	"at" bigint NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_sent" (
	"resident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"claimed_at" bigint NOT NULL,
	"tries" bigint NOT NULL,
	"delivered_at" bigint,
	"version" bigint NOT NULL,
	CONSTRAINT "message_sent_resident_id_kind_subject_at_pk" PRIMARY KEY("resident_id","kind","subject","at")
);
--> statement-breakpoint
CREATE TABLE "name_correction" (
	"resident_id" uuid NOT NULL,
	"corrected_at" bigint NOT NULL,
	"former_name" text NOT NULL,
	"reason" text NOT NULL,
	"corrected_by" uuid NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "name_correction_resident_id_corrected_at_pk" PRIMARY KEY("resident_id","corrected_at")
);
--> statement-breakpoint
CREATE TABLE "name_slot" (
	"slot" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resident_id" uuid NOT NULL,
	"former_hash" "bytea" NOT NULL,
	"former_sealed" text NOT NULL,
	"new_hash" "bytea" NOT NULL,
	"how" text NOT NULL,
	"changed_at" bigint NOT NULL,
	"proposed_by" uuid,
	"approved_by" uuid,
	"closed_until" bigint,
	"stopped_at" bigint,
	"stopped_by" uuid,
	"version" bigint NOT NULL,
	CONSTRAINT "phone_change_how" CHECK ("phone_change"."how" in ('codes', 'counter'))
);
--> statement-breakpoint
CREATE TABLE "proposal_person" (
	"resident_id" uuid NOT NULL,
	"proposal_id" uuid NOT NULL,
	CONSTRAINT "proposal_person_resident_id_proposal_id_pk" PRIMARY KEY("resident_id","proposal_id")
);
--> statement-breakpoint
CREATE TABLE "registration" (
	"resident_id" uuid PRIMARY KEY NOT NULL,
	"community_id" text NOT NULL,
	"made_at" bigint NOT NULL,
	"decided_at" bigint,
	"decided_by" uuid,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resident_key" (
	"resident_id" uuid NOT NULL,
	"place" bigint NOT NULL,
	"community_id" text NOT NULL,
	"key" "bytea",
	"version" bigint NOT NULL,
	CONSTRAINT "resident_key_resident_id_place_pk" PRIMARY KEY("resident_id","place")
);
--> statement-breakpoint
CREATE TABLE "resident_move" (
	"resident_id" uuid NOT NULL,
	"moved_at" bigint NOT NULL,
	"from_id" text NOT NULL,
	"to_id" text NOT NULL,
	"how" text NOT NULL,
	"reason" text,
	"moved_by" uuid NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "resident_move_resident_id_moved_at_pk" PRIMARY KEY("resident_id","moved_at"),
	CONSTRAINT "resident_move_how" CHECK ("resident_move"."how" in ('code', 'counter'))
);
--> statement-breakpoint
CREATE TABLE "same_person" (
	"resident_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"community_id" text NOT NULL,
	"why" text NOT NULL,
	"found_at" bigint NOT NULL,
	"same" bigint,
	"answer" text,
	"answered_by" uuid,
	"answered_at" bigint,
	"version" bigint NOT NULL,
	CONSTRAINT "same_person_resident_id_other_id_pk" PRIMARY KEY("resident_id","other_id"),
	CONSTRAINT "same_person_why" CHECK ("same_person"."why" in ('name', 'device'))
);
--> statement-breakpoint
ALTER TABLE "resident_phone" ALTER COLUMN "resident_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "officer" ADD COLUMN "resident_id" uuid;--> statement-breakpoint
ALTER TABLE "officer" ADD COLUMN "resident_since" bigint;--> statement-breakpoint
ALTER TABLE "proposal" ADD COLUMN "resident_id" uuid;--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "spends_from" bigint;--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "papers_from" bigint;--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "erasure_id" uuid;--> statement-breakpoint
ALTER TABLE "resident_phone" ADD COLUMN "held_until" bigint;--> statement-breakpoint
ALTER TABLE "resident_phone" ADD COLUMN "heard_at" bigint;--> statement-breakpoint
ALTER TABLE "resident_phone" ADD COLUMN "version" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "voucher" ADD COLUMN "last_redemption_id" uuid;--> statement-breakpoint
ALTER TABLE "grant_list" ADD CONSTRAINT "grant_list_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_export" ADD CONSTRAINT "list_export_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration" ADD CONSTRAINT "registration_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_key" ADD CONSTRAINT "resident_key_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_move" ADD CONSTRAINT "resident_move_from_id_community_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident_move" ADD CONSTRAINT "resident_move_to_id_community_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "same_person" ADD CONSTRAINT "same_person_community_id_community_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."community"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasure_open" ON "erasure" USING btree ("due_at","id") WHERE withdrawn_at is null and finished_at is null;--> statement-breakpoint
CREATE INDEX "erasure_resident" ON "erasure" USING btree ("resident_id","id");--> statement-breakpoint
CREATE INDEX "grant_list_open" ON "grant_list" USING btree ("approved_at","id") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "household_community" ON "household" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "household_member_resident" ON "household_member" USING btree ("resident_id","household_id");--> statement-breakpoint
CREATE INDEX "list_export_community" ON "list_export" USING btree ("community_id","id");--> statement-breakpoint
CREATE INDEX "message_sent_open" ON "message_sent" USING btree ("at","resident_id","kind","subject") WHERE delivered_at is null;--> statement-breakpoint
CREATE INDEX "phone_change_resident" ON "phone_change" USING btree ("resident_id","id");--> statement-breakpoint
CREATE INDEX "registration_waiting" ON "registration" USING btree ("community_id","resident_id") WHERE decided_at is null;--> statement-breakpoint
-- step: fill-search-keys
--> statement-breakpoint
CREATE INDEX "resident_key_community" ON "resident_key" USING btree ("community_id","key","resident_id");--> statement-breakpoint
CREATE INDEX "resident_key_all" ON "resident_key" USING btree ("key","resident_id");--> statement-breakpoint
CREATE INDEX "same_person_open" ON "same_person" USING btree ("community_id","resident_id","other_id") WHERE same is null;--> statement-breakpoint
CREATE INDEX "same_person_other" ON "same_person" USING btree ("other_id","resident_id");--> statement-breakpoint
CREATE INDEX "client_resident" ON "client" USING btree ("resident_id","id") WHERE resident_id is not null;--> statement-breakpoint
CREATE INDEX "code_paper" ON "code" USING btree ("voucher_id","minted_at") WHERE pin_hash is not null;--> statement-breakpoint
CREATE INDEX "proposal_resident" ON "proposal" USING btree ("resident_id","id") WHERE resident_id is not null;--> statement-breakpoint
-- A number was heard when somebody last signed in with it, as far as sessions are kept; for all others, when it was registered.
UPDATE "resident_phone" SET "heard_at" = "heard"."at" FROM (SELECT "client"."resident_id", max("session"."started_at") AS "at" FROM "client" JOIN "session" ON "session"."client_id" = "client"."id" WHERE "client"."resident_id" IS NOT NULL GROUP BY "client"."resident_id") AS "heard" WHERE "heard"."resident_id" = "resident_phone"."resident_id";--> statement-breakpoint
-- The first values of the policies that are new, in a scheme that was founded before them.
INSERT INTO "policy" SELECT 'calendar', 1, '{"off":[],"on":[]}', "effective_from", "set_at", "proposed_by", "approved_by" FROM "policy" WHERE "name" = 'rate' AND "policy_version" = 1;--> statement-breakpoint
-- What an officer grants alone is counted from now on: it was set after the last grant, by which the audit knows what is not counted.
INSERT INTO "policy" SELECT 'grant_alone', 1, '{"points":200,"points_day":2000,"points_resident_month":600}', "effective_from", coalesce((SELECT max("granted_at") + 1 FROM "point_grant"), "set_at"), "proposed_by", "approved_by" FROM "policy" WHERE "name" = 'rate' AND "policy_version" = 1;--> statement-breakpoint
-- step: fill-proposal-residents