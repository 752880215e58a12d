CREATE TABLE "wrong_tries" (
	"slot" text PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"version" bigint NOT NULL
);
