CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"holder" uuid NOT NULL,
	"fence" bigint DEFAULT 1 NOT NULL,
	"held_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform_queues" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"queue_id" text NOT NULL,
	"name" text NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "platform_queues_tenant_id_connection_id_queue_id_unique" UNIQUE("tenant_id","connection_id","queue_id")
);
--> statement-breakpoint
CREATE TABLE "summaries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"fields" jsonb NOT NULL,
	"state" text DEFAULT 'wanted' NOT NULL,
	"reason" text,
	"model" text,
	"drafted_to" uuid,
	"drafted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "summaries_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "summaries_conversation_id_unique" UNIQUE("conversation_id")
);
--> statement-breakpoint
CREATE TABLE "write_backs" (
	"id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'sending' NOT NULL,
	"agent_id" text,
	"suggestion_id" uuid,
	"content" jsonb NOT NULL,
	"platform_id" text,
	"reason" text,
	"attempts" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "write_backs_tenant_id_id_unique" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "leases" ADD CONSTRAINT "leases_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leases" ADD CONSTRAINT "leases_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_queues" ADD CONSTRAINT "platform_queues_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_queues" ADD CONSTRAINT "platform_queues_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_backs" ADD CONSTRAINT "write_backs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_backs" ADD CONSTRAINT "write_backs_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "write_backs_conversation_id_created_at_index" ON "write_backs" USING btree ("conversation_id","created_at");--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['leases', 'platform_queues', 'summaries', 'write_backs'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(%L, true), %L)::uuid)', t, 'app.tenant', '');
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON leases TO omnibots_across;
--> statement-breakpoint
CREATE POLICY across ON leases TO omnibots_across USING (true) WITH CHECK (true);
--> statement-breakpoint
-- The active connections of some platforms, for the process that holds their subscriptions.
CREATE FUNCTION across.active_connections(platforms text[])
RETURNS TABLE (tenant_id uuid, connection_id uuid, platform text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant_id, c.id, c.platform FROM connections c WHERE c.active AND c.platform = ANY (platforms)
$$;
--> statement-breakpoint
-- Takes a lease, or renews one that `given_holder` has. Answers its fence; nothing where another holds it, or where
-- the connection is not the tenant's. A new holder's fence is higher than every one before.
CREATE FUNCTION across.take_lease(given_name text, given_tenant uuid, given_connection uuid, given_holder uuid, hold_seconds double precision)
RETURNS TABLE (fence bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO leases AS l (name, tenant_id, connection_id, holder, held_until)
  SELECT given_name, c.tenant_id, c.id, given_holder, clock_timestamp() + make_interval(secs => hold_seconds)
  FROM connections c WHERE c.id = given_connection AND c.tenant_id = given_tenant
  ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, held_until = EXCLUDED.held_until,
    fence = CASE WHEN l.holder = EXCLUDED.holder THEN l.fence ELSE l.fence + 1 END
  WHERE l.tenant_id = EXCLUDED.tenant_id AND l.connection_id = EXCLUDED.connection_id
    AND (l.holder = EXCLUDED.holder OR l.held_until < clock_timestamp())
  RETURNING l.fence
$$;
--> statement-breakpoint
-- Lets go of a lease at once instead of at its end; the row and its fence stay.
CREATE FUNCTION across.free_lease(given_name text, given_holder uuid)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE leases SET held_until = '-infinity' WHERE name = given_name AND holder = given_holder
$$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['across.active_connections(text[])', 'across.take_lease(text,uuid,uuid,uuid,double precision)', 'across.free_lease(text,uuid)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO omnibots_across', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
