CREATE TABLE "agent_links" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"alias" text NOT NULL,
	"agent_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_links_connection_id_alias_pk" PRIMARY KEY("connection_id","alias")
);
--> statement-breakpoint
CREATE TABLE "stream_positions" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"message_id" text,
	"place" bigint[] DEFAULT '{}' NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"moved_at" timestamp with time zone,
	CONSTRAINT "stream_positions_connection_id_stream_pk" PRIMARY KEY("connection_id","stream")
);
--> statement-breakpoint
ALTER TABLE "agent_links" ADD CONSTRAINT "agent_links_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_links" ADD CONSTRAINT "agent_links_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_positions" ADD CONSTRAINT "stream_positions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_positions" ADD CONSTRAINT "stream_positions_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['agent_links', 'stream_positions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(%L, true), %L)::uuid)', t, 'app.tenant', '');
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON stream_positions TO omnibots_across;
--> statement-breakpoint
CREATE POLICY across ON stream_positions TO omnibots_across USING (true) WITH CHECK (true);
--> statement-breakpoint
-- Where a stream stands, for the holder of its connection's lease; notes the moment where it is opened for the first
-- time (`fresh`). No row where the fence is not the lease's own: another process holds it now.
CREATE FUNCTION across.open_stream(given_lease text, given_fence bigint, given_stream text)
RETURNS TABLE (message_id text, opened_at timestamptz, fresh boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE held leases%ROWTYPE;
BEGIN
  SELECT l.* INTO held FROM leases l WHERE l.name = given_lease AND l.fence = given_fence FOR SHARE;
  IF NOT FOUND THEN RETURN; END IF;
  RETURN QUERY INSERT INTO stream_positions AS p (tenant_id, connection_id, stream, opened_at)
    VALUES (held.tenant_id, held.connection_id, given_stream, clock_timestamp())
    ON CONFLICT (connection_id, stream) DO NOTHING RETURNING p.message_id, p.opened_at, true;
  IF NOT FOUND THEN
    RETURN QUERY SELECT p.message_id, p.opened_at, false FROM stream_positions p
      WHERE p.connection_id = held.connection_id AND p.stream = given_stream;
  END IF;
END $$;
--> statement-breakpoint
-- Stores what a stream brought and moves its position, both or neither. Tenant and connection are the lease's, never
-- the batch's. One row an item: `delivery_id` is null where the same message was stored before. `held` false, alone,
-- where the fence is not the lease's own. The lease's row is locked meanwhile, so that no one takes it over in between.
-- The position is {messageId, place}; a place that is not behind the stored one does not move it.
CREATE FUNCTION across.accept_from_stream(batch jsonb, given_lease text, given_fence bigint, given_stream text, given_position jsonb)
RETURNS TABLE (held boolean, tenant_id uuid, delivery_id uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  mine leases%ROWTYPE;
  reached bigint[] := ARRAY(SELECT jsonb_array_elements_text(coalesce(given_position->'place', '[]'))::bigint);
BEGIN
  SELECT l.* INTO mine FROM leases l WHERE l.name = given_lease AND l.fence = given_fence FOR SHARE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT false, NULL::uuid, NULL::uuid;
    RETURN;
  END IF;
  RETURN QUERY WITH input AS (
    SELECT i.place, i.item->>'messageId' AS message_id, i.item->'payload' AS payload,
      to_timestamp((i.item->>'receivedAt')::double precision / 1000) AS received_at
    FROM jsonb_array_elements(batch) WITH ORDINALITY AS i (item, place)
  ), stored AS (
    INSERT INTO deliveries AS d (id, tenant_id, connection_id, door, message_id, payload, received_at, stored_at, next_attempt_at)
    SELECT uuidv7(), mine.tenant_id, mine.connection_id, 'stream', message_id, payload, received_at, clock_timestamp(), clock_timestamp() + interval '5 seconds'
    FROM input ORDER BY place
    ON CONFLICT (connection_id, message_id) DO NOTHING
    RETURNING d.id, d.message_id
  )
  SELECT true, mine.tenant_id, stored.id FROM input LEFT JOIN stored ON stored.message_id = input.message_id ORDER BY input.place;
  INSERT INTO stream_positions AS p (tenant_id, connection_id, stream, message_id, place, moved_at)
  VALUES (mine.tenant_id, mine.connection_id, given_stream, given_position->>'messageId', reached, clock_timestamp())
  ON CONFLICT (connection_id, stream) DO UPDATE
    SET message_id = EXCLUDED.message_id, place = EXCLUDED.place, moved_at = EXCLUDED.moved_at
    WHERE p.place = '{}' OR EXCLUDED.place = '{}' OR EXCLUDED.place > p.place;
END $$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['across.open_stream(text,bigint,text)', 'across.accept_from_stream(jsonb,text,bigint,text,jsonb)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO omnibots_across', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
