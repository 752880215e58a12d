CREATE TABLE "name_correction" (
	"resident_id" uuid NOT NULL,
	"corrected_at" bigint NOT NULL,
	"former_name" text NOT NULL,
	"reason" text NOT NULL,
	"corrected_by" uuid NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "name_correction_resident_id_corrected_at_pk" PRIMARY KEY("resident_id","corrected_at")
);
