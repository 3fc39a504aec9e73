-- Postgres 18 has uuidv7(); earlier servers get the same by RFC 9562 section 5.7.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'uuidv7') THEN
    CREATE FUNCTION public.uuidv7() RETURNS uuid LANGUAGE sql VOLATILE AS $f$
      SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
        substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
    $f$;
  END IF;
END $$;
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"user_id" uuid,
	"action" text NOT NULL,
	"target" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chunks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"knowledge_base_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"heading_path" text[] DEFAULT '{}' NOT NULL,
	"text" text NOT NULL,
	"embedding" real[],
	CONSTRAINT "chunks_tenant_id_document_id_ordinal_unique" UNIQUE("tenant_id","document_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"public_id" text NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"sealed" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"allowed_origins" text[] DEFAULT '{}' NOT NULL,
	"last_check" jsonb,
	"last_event_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "connections_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "connections_tenant_id_name_unique" UNIQUE("tenant_id","name")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"platform_conversation_id" text NOT NULL,
	"channel" text,
	"queue_id" text,
	"queue_name" text,
	"agent_id" text,
	"agent_name" text,
	"language" text,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"claim" uuid,
	"claimed_until" timestamp with time zone,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversations_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "conversations_tenant_id_connection_id_platform_conversation_id_unique" UNIQUE("tenant_id","connection_id","platform_conversation_id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"door" text NOT NULL,
	"message_id" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'stored' NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_connection_id_message_id_unique" UNIQUE("connection_id","message_id"),
	CONSTRAINT "deliveries_tenant_id_id_unique" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"knowledge_base_id" uuid NOT NULL,
	"title" text NOT NULL,
	"source" text NOT NULL,
	"origin" text NOT NULL,
	"media_type" text NOT NULL,
	"content" "bytea",
	"content_hash" text,
	"state" text DEFAULT 'queued' NOT NULL,
	"cause" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed_until" timestamp with time zone,
	"chunk_count" integer DEFAULT 0 NOT NULL,
	"indexed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "documents_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "documents_tenant_id_knowledge_base_id_origin_unique" UNIQUE("tenant_id","knowledge_base_id","origin")
);
--> statement-breakpoint
CREATE TABLE "durable_messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"key" text NOT NULL,
	"event_id" uuid,
	"body" jsonb NOT NULL,
	"emitted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"painted_at" timestamp with time zone,
	CONSTRAINT "durable_messages_conversation_id_seq_unique" UNIQUE("conversation_id","seq"),
	CONSTRAINT "durable_messages_conversation_id_key_unique" UNIQUE("conversation_id","key")
);
--> statement-breakpoint
CREATE TABLE "event_keys" (
	"tenant_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_keys_tenant_id_event_id_pk" PRIMARY KEY("tenant_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"type" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"outcome" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"generation" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"trail" jsonb NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_tenant_id_id_unique" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"suggestion_id" uuid NOT NULL,
	"agent_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feedback_suggestion_id_agent_id_kind_unique" UNIQUE("suggestion_id","agent_id","kind")
);
--> statement-breakpoint
CREATE TABLE "knowledge_bases" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_bases_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "knowledge_bases_tenant_id_name_unique" UNIQUE("tenant_id","name")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "model_integrations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"base_url" text NOT NULL,
	"model" text NOT NULL,
	"sealed_key" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_integrations_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "model_integrations_tenant_id_name_unique" UNIQUE("tenant_id","name")
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"knowledge_base_id" uuid,
	"system_prompt" text DEFAULT '' NOT NULL,
	"model_integration_id" uuid,
	"threshold" real,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profiles_tenant_id_id_unique" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "queue_mappings" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"queue_id" text NOT NULL,
	"queue_name" text NOT NULL,
	"profile_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "queue_mappings_tenant_id_connection_id_queue_id_unique" UNIQUE("tenant_id","connection_id","queue_id")
);
--> statement-breakpoint
CREATE TABLE "suggestions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"profile_id" uuid NOT NULL,
	"profile_version" integer NOT NULL,
	"knowledge_version" integer NOT NULL,
	"model" text NOT NULL,
	"generation" integer DEFAULT 0 NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suggestions_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "suggestions_event_id_profile_version_generation_unique" UNIQUE("event_id","profile_version","generation")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_tenant_id_document_id_documents_tenant_id_id_fk" FOREIGN KEY ("tenant_id","document_id") REFERENCES "public"."documents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_tenant_id_knowledge_base_id_knowledge_bases_tenant_id_id_fk" FOREIGN KEY ("tenant_id","knowledge_base_id") REFERENCES "public"."knowledge_bases"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "durable_messages" ADD CONSTRAINT "durable_messages_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "durable_messages" ADD CONSTRAINT "durable_messages_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_keys" ADD CONSTRAINT "event_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_tenant_id_suggestion_id_suggestions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","suggestion_id") REFERENCES "public"."suggestions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_bases" ADD CONSTRAINT "knowledge_bases_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_integrations" ADD CONSTRAINT "model_integrations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_tenant_id_knowledge_base_id_knowledge_bases_tenant_id_id_fk" FOREIGN KEY ("tenant_id","knowledge_base_id") REFERENCES "public"."knowledge_bases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_tenant_id_model_integration_id_model_integrations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","model_integration_id") REFERENCES "public"."model_integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_mappings" ADD CONSTRAINT "queue_mappings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_mappings" ADD CONSTRAINT "queue_mappings_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_mappings" ADD CONSTRAINT "queue_mappings_tenant_id_profile_id_profiles_tenant_id_id_fk" FOREIGN KEY ("tenant_id","profile_id") REFERENCES "public"."profiles"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_tenant_id_event_id_events_tenant_id_id_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "public"."events"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_tenant_id_id_index" ON "audit_entries" USING btree ("tenant_id","id");--> statement-breakpoint
CREATE INDEX "chunks_tenant_id_knowledge_base_id_index" ON "chunks" USING btree ("tenant_id","knowledge_base_id");--> statement-breakpoint
CREATE INDEX "conversations_tenant_id_started_at_index" ON "conversations" USING btree ("tenant_id","started_at");--> statement-breakpoint
CREATE INDEX "deliveries_state_next_attempt_at_index" ON "deliveries" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "documents_state_claimed_until_index" ON "documents" USING btree ("state","claimed_until");--> statement-breakpoint
CREATE INDEX "events_conversation_id_state_occurred_at_index" ON "events" USING btree ("conversation_id","state","occurred_at");--> statement-breakpoint
CREATE INDEX "events_state_next_attempt_at_index" ON "events" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "events_tenant_id_stored_at_id_index" ON "events" USING btree ("tenant_id","stored_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "profiles_one_default" ON "profiles" USING btree ("tenant_id") WHERE "profiles"."is_default";
--> statement-breakpoint
-- Row-level security, forced, on everything that belongs to a tenant.
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(%L, true), %L)::uuid)', t, 'app.tenant', '');
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON tenants USING (id = nullif(current_setting('app.tenant', true), '')::uuid);
--> statement-breakpoint
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE users FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Users belong to no tenant: the owner makes them, the app role reads them through `across` only.
CREATE POLICY owner ON users TO CURRENT_USER USING (true);
--> statement-breakpoint
-- What must act before or across tenants: the functions of schema `across`, owned by a role that nobody signs in
-- with. Only this role's policies look past one tenant, and only on the tables that its functions touch.
DO $$ BEGIN
  CREATE ROLE omnibots_across NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  IF NOT pg_has_role(current_user, 'omnibots_across', 'MEMBER') THEN EXECUTE format('GRANT omnibots_across TO %I', current_user); END IF;
END $$;
--> statement-breakpoint
CREATE SCHEMA across;
--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA across TO omnibots_across;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO omnibots_across;
--> statement-breakpoint
GRANT SELECT ON tenants, users, members TO omnibots_across;
--> statement-breakpoint
GRANT SELECT ON connections TO omnibots_across;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON deliveries TO omnibots_across;
--> statement-breakpoint
GRANT SELECT ON events, conversations TO omnibots_across;
--> statement-breakpoint
GRANT SELECT, UPDATE ON documents TO omnibots_across;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['tenants', 'users', 'members', 'connections', 'deliveries', 'events', 'conversations', 'documents'] LOOP
    EXECUTE format('CREATE POLICY across ON %I TO omnibots_across USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION across.sign_in(given_email text)
RETURNS TABLE (user_id uuid, name text, email text, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.id, u.name, u.email, u.password_hash FROM users u WHERE u.email = lower(given_email)
$$;
--> statement-breakpoint
CREATE FUNCTION across.memberships(given_user uuid)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, t.slug, t.name, m.role FROM members m JOIN tenants t ON t.id = m.tenant_id WHERE m.user_id = given_user ORDER BY t.name
$$;
--> statement-breakpoint
CREATE FUNCTION across.find_connection(given_public_id text)
RETURNS TABLE (tenant_id uuid, connection_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant_id, c.id FROM connections c WHERE c.public_id = given_public_id AND c.active
$$;
--> statement-breakpoint
-- Stores a batch. One row an item, by its place: `known` false where the connection is not the tenant's; `fresh` false
-- where the same message was stored before.
CREATE FUNCTION across.accept_deliveries(batch jsonb)
RETURNS TABLE (place int, delivery_id uuid, known boolean, fresh boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH input AS (
    SELECT i.place::int, (i.item->>'tenantId')::uuid AS tenant_id, (i.item->>'connectionId')::uuid AS connection_id,
      i.item->>'door' AS door, i.item->>'messageId' AS message_id, i.item->'payload' AS payload,
      to_timestamp((i.item->>'receivedAt')::double precision / 1000) AS received_at,
      EXISTS (SELECT 1 FROM connections c WHERE c.id = (i.item->>'connectionId')::uuid AND c.tenant_id = (i.item->>'tenantId')::uuid) AS known
    FROM jsonb_array_elements(batch) WITH ORDINALITY AS i (item, place)
  ), stored AS (
    INSERT INTO deliveries (id, tenant_id, connection_id, door, message_id, payload, received_at, stored_at, next_attempt_at)
    SELECT uuidv7(), tenant_id, connection_id, door, message_id, payload, received_at, clock_timestamp(), clock_timestamp() + interval '5 seconds'
    FROM input WHERE known ORDER BY place
    ON CONFLICT (connection_id, message_id) DO NOTHING
    RETURNING id, connection_id, message_id
  )
  SELECT input.place, stored.id, input.known, stored.id IS NOT NULL
  FROM input LEFT JOIN stored ON stored.connection_id = input.connection_id AND stored.message_id = input.message_id
  ORDER BY input.place
$$;
--> statement-breakpoint
-- Deliveries that were stored and never worked on; the caller has them for `hold_seconds`.
CREATE FUNCTION across.due_deliveries(most int, hold_seconds int)
RETURNS TABLE (tenant_id uuid, delivery_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE deliveries SET next_attempt_at = clock_timestamp() + make_interval(secs => hold_seconds)
  WHERE id IN (
    SELECT d.id FROM deliveries d WHERE d.state = 'stored' AND d.next_attempt_at <= clock_timestamp()
    ORDER BY d.next_attempt_at LIMIT most FOR UPDATE SKIP LOCKED)
  RETURNING deliveries.tenant_id, deliveries.id
$$;
--> statement-breakpoint
-- Conversations with events to work on that nobody works on.
CREATE FUNCTION across.due_conversations(most int)
RETURNS TABLE (tenant_id uuid, conversation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT c.tenant_id, c.id FROM events e JOIN conversations c ON c.id = e.conversation_id
  WHERE e.state = 'pending' AND e.next_attempt_at <= clock_timestamp()
    AND (c.claimed_until IS NULL OR c.claimed_until < clock_timestamp())
  LIMIT most
$$;
--> statement-breakpoint
-- Documents that wait to be indexed, or whose indexing went silent; the caller has them for `hold_seconds`.
CREATE FUNCTION across.due_documents(most int, hold_seconds int)
RETURNS TABLE (tenant_id uuid, document_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE documents SET claimed_until = clock_timestamp() + make_interval(secs => hold_seconds)
  WHERE id IN (
    SELECT d.id FROM documents d WHERE d.state IN ('queued', 'reading', 'embedding')
      AND (d.claimed_until IS NULL OR d.claimed_until < clock_timestamp())
    ORDER BY d.created_at LIMIT most FOR UPDATE SKIP LOCKED)
  RETURNING documents.tenant_id, documents.id
$$;
--> statement-breakpoint
-- Counts only, of all tenants together, for the health of the service.
CREATE FUNCTION across.backlog()
RETURNS TABLE (stored_deliveries bigint, oldest_delivery timestamptz, pending_events bigint, oldest_event timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (SELECT count(*) FROM deliveries WHERE state = 'stored'), (SELECT min(stored_at) FROM deliveries WHERE state = 'stored'),
    (SELECT count(*) FROM events WHERE state = 'pending'), (SELECT min(stored_at) FROM events WHERE state = 'pending')
$$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'across' LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO omnibots_across', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
