CREATE TABLE "speech_integrations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed_key" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "speech_integrations_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "speech_integrations_tenant_id_name_unique" UNIQUE("tenant_id","name")
);
--> statement-breakpoint
ALTER TABLE "speech_integrations" ADD CONSTRAINT "speech_integrations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "speech_integrations_one_default" ON "speech_integrations" USING btree ("tenant_id") WHERE "speech_integrations"."is_default";--> statement-breakpoint
ALTER TABLE "speech_integrations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "speech_integrations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "speech_integrations" USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
