CREATE TABLE "audit_report" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" bigint NOT NULL,
	"finished_at" bigint NOT NULL,
	"ok" bigint NOT NULL,
	"checks" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "day_figures" (
	"day" date PRIMARY KEY NOT NULL,
	"figures" text NOT NULL,
	"tallied_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid NOT NULL,
	"name" text NOT NULL,
	"person_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"password_temporary" bigint NOT NULL,
	"totp_sealed" text,
	"totp_confirmed" bigint NOT NULL,
	"totp_step" bigint,
	"failures" bigint NOT NULL,
	"locked_until" bigint,
	"status" text NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" "bytea" NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_name" (
	"name" text PRIMARY KEY NOT NULL,
	"login_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid NOT NULL,
	"login_id" uuid,
	"device" text NOT NULL,
	"started_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_code" (
	"phone_hash" "bytea" PRIMARY KEY NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"sent_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"failures" bigint NOT NULL,
	"used" bigint NOT NULL,
	"asked" bigint NOT NULL,
	"counted_from" bigint NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "code" ADD COLUMN "pin_hash" "bytea";--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "latitude_e6" bigint;--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "longitude_e6" bigint;--> statement-breakpoint
CREATE INDEX "login_client" ON "login" USING btree ("client_id","id");--> statement-breakpoint
CREATE INDEX "session_client" ON "session" USING btree ("client_id","id");