CREATE TABLE "connection_checks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"failed_step" text,
	"reason" text,
	"ms" integer NOT NULL,
	"steps" jsonb NOT NULL,
	"user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "profile_versions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"queue_name" text,
	"knowledge_base_id" uuid,
	"knowledge_base" text,
	"system_prompt" text NOT NULL,
	"model_integration_id" uuid,
	"model" text,
	"threshold" real,
	"origin" text NOT NULL,
	"restored" integer,
	"user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profile_versions_profile_id_version_unique" UNIQUE("profile_id","version")
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "setup" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "connection_checks" ADD CONSTRAINT "connection_checks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_checks" ADD CONSTRAINT "connection_checks_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile_versions" ADD CONSTRAINT "profile_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_checks_connection_id_id_index" ON "connection_checks" USING btree ("connection_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_connection_id_stored_at_index" ON "deliveries" USING btree ("connection_id","stored_at");--> statement-breakpoint
CREATE INDEX "events_connection_id_stored_at_id_index" ON "events" USING btree ("connection_id","stored_at","id");--> statement-breakpoint
CREATE INDEX "suggestions_tenant_id_created_at_profile_id_index" ON "suggestions" USING btree ("tenant_id","created_at","profile_id");--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['connection_checks', 'profile_versions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(%L, true), %L)::uuid)', t, 'app.tenant', '');
  END LOOP;
END $$;
