CREATE TABLE "event_texts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"event_id" uuid,
	"delivery_id" uuid,
	"stored_at" timestamp with time zone NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "event_texts_of_one" CHECK (num_nonnulls("event_texts"."event_id", "event_texts"."delivery_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "process_samples" (
	"at" timestamp with time zone NOT NULL,
	"process" text NOT NULL,
	"replicas" integer NOT NULL,
	"version" text,
	"figures" jsonb NOT NULL,
	CONSTRAINT "process_samples_process_at_pk" PRIMARY KEY("process","at")
);
--> statement-breakpoint
CREATE TABLE "replay_items" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"replay_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"generation" integer NOT NULL,
	CONSTRAINT "replay_items_replay_id_item_id_unique" UNIQUE("replay_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "replays" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"filter" jsonb NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"expected" integer NOT NULL,
	"replayed" integer DEFAULT 0 NOT NULL,
	"cursor" text,
	"reason" text,
	"claimed_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "replays_tenant_id_id_unique" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "rollup_progress" (
	"name" text PRIMARY KEY DEFAULT 'events' NOT NULL,
	"through" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stage_rollups" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"width_seconds" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"stage" text NOT NULL,
	"count" integer NOT NULL,
	"bins" smallint[] NOT NULL,
	"counts" integer[] NOT NULL,
	CONSTRAINT "stage_rollups_tenant_id_width_seconds_at_connection_id_stage_pk" PRIMARY KEY("tenant_id","width_seconds","at","connection_id","stage")
);
--> statement-breakpoint
CREATE TABLE "stale_minutes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "traffic_rollups" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"width_seconds" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"events" integer NOT NULL,
	"dead" integer NOT NULL,
	"retried" integer NOT NULL,
	"suggested" integer NOT NULL,
	"emitted" integer NOT NULL,
	"acknowledged" integer NOT NULL,
	"painted" integer NOT NULL,
	CONSTRAINT "traffic_rollups_tenant_id_width_seconds_at_connection_id_pk" PRIMARY KEY("tenant_id","width_seconds","at","connection_id")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "failures" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "event_texts" ADD CONSTRAINT "event_texts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_texts" ADD CONSTRAINT "event_texts_tenant_id_event_id_events_tenant_id_id_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "public"."events"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_texts" ADD CONSTRAINT "event_texts_tenant_id_delivery_id_deliveries_tenant_id_id_fk" FOREIGN KEY ("tenant_id","delivery_id") REFERENCES "public"."deliveries"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_items" ADD CONSTRAINT "replay_items_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_items" ADD CONSTRAINT "replay_items_tenant_id_replay_id_replays_tenant_id_id_fk" FOREIGN KEY ("tenant_id","replay_id") REFERENCES "public"."replays"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replays" ADD CONSTRAINT "replays_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_rollups" ADD CONSTRAINT "stage_rollups_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_rollups" ADD CONSTRAINT "stage_rollups_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stale_minutes" ADD CONSTRAINT "stale_minutes_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traffic_rollups" ADD CONSTRAINT "traffic_rollups_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traffic_rollups" ADD CONSTRAINT "traffic_rollups_tenant_id_connection_id_connections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","connection_id") REFERENCES "public"."connections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_texts_tenant_id_stored_at_id_index" ON "event_texts" USING btree ("tenant_id","stored_at","id");--> statement-breakpoint
CREATE INDEX "event_texts_words_index" ON "event_texts" USING gin ("words");--> statement-breakpoint
CREATE INDEX "event_texts_delivery_id_index" ON "event_texts" USING btree ("delivery_id") WHERE "event_texts"."delivery_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "event_texts_event_id_index" ON "event_texts" USING btree ("event_id") WHERE "event_texts"."event_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "process_samples_at_index" ON "process_samples" USING btree ("at");--> statement-breakpoint
CREATE INDEX "replay_items_replay_id_id_index" ON "replay_items" USING btree ("replay_id","id");--> statement-breakpoint
CREATE INDEX "replays_tenant_id_created_at_index" ON "replays" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "replays_claimed_until_index" ON "replays" USING btree ("claimed_until") WHERE "replays"."state" = 'running';--> statement-breakpoint
CREATE INDEX "stage_rollups_width_seconds_at_index" ON "stage_rollups" USING btree ("width_seconds","at");--> statement-breakpoint
CREATE INDEX "stale_minutes_tenant_id_at_index" ON "stale_minutes" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "traffic_rollups_width_seconds_at_index" ON "traffic_rollups" USING btree ("width_seconds","at");--> statement-breakpoint
CREATE INDEX "deliveries_unread" ON "deliveries" USING btree ("tenant_id","stored_at","id") WHERE "deliveries"."state" IN ('dead', 'parked');--> statement-breakpoint
CREATE INDEX "events_dead_latest" ON "events" USING btree ("tenant_id","stored_at","id") WHERE "events"."state" = 'dead';--> statement-breakpoint
CREATE INDEX "events_retried" ON "events" USING btree ("tenant_id","stored_at","id") WHERE "events"."state" = 'done' AND "events"."attempts" > 0;--> statement-breakpoint
CREATE INDEX "events_not_spoken" ON "events" USING btree ("tenant_id","type","stored_at","id") WHERE "events"."type" <> 'utterance';--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['stage_rollups', 'traffic_rollups', 'stale_minutes', 'event_texts', 'replays', 'replay_items'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(%L, true), %L)::uuid)', t, 'app.tenant', '');
  END LOOP;
  -- Of no tenant: only the functions below reach them.
  FOREACH t IN ARRAY ARRAY['rollup_progress', 'process_samples'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['stage_rollups', 'traffic_rollups', 'stale_minutes', 'event_texts', 'replays', 'rollup_progress', 'process_samples'] LOOP
    EXECUTE format('CREATE POLICY across ON %I TO omnibots_across USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON stage_rollups, traffic_rollups, stale_minutes, rollup_progress, process_samples TO omnibots_across;
--> statement-breakpoint
GRANT SELECT ON event_texts TO omnibots_across;
--> statement-breakpoint
GRANT SELECT, UPDATE ON replays TO omnibots_across;
--> statement-breakpoint
-- The histogram's bin of a duration. Bins grow by 4 %, so that a percentile read from them is at most 2 % off.
CREATE FUNCTION across.latency_bin(ms double precision) RETURNS smallint
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN ms < 1 THEN 0 ELSE 1 + floor(ln(ms) / ln(1.04::double precision))::int END::smallint $$;
--> statement-breakpoint
-- Notes the minutes of events that changed after they were counted. What is younger than a minute is counted anyway.
CREATE FUNCTION note_stale_minutes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO stale_minutes (tenant_id, at)
    SELECT DISTINCT c.tenant_id, date_trunc('minute', c.stored_at, 'UTC') FROM changed c WHERE c.stored_at < clock_timestamp() - interval '1 minute'
    ORDER BY 1, 2;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER events_stored AFTER INSERT ON events REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_minutes();
--> statement-breakpoint
CREATE TRIGGER events_changed AFTER UPDATE ON events REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_stale_minutes();
--> statement-breakpoint
-- Counts the events of whole minutes, of one tenant or of all. Counting again changes nothing, unless the events did.
CREATE FUNCTION across.count_minutes(given_tenant uuid, first_at timestamptz, end_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO traffic_rollups AS r (tenant_id, connection_id, width_seconds, at, events, dead, retried, suggested, emitted, acknowledged, painted)
  SELECT e.tenant_id, e.connection_id, 60, date_trunc('minute', e.stored_at, 'UTC'), count(*), count(*) FILTER (WHERE e.state = 'dead'),
    count(*) FILTER (WHERE e.state = 'done' AND e.attempts > 0), count(*) FILTER (WHERE e.outcome IN ('suggested', 'sources only')),
    count(*) FILTER (WHERE e.trail->'at' ? 'emitted'), count(*) FILTER (WHERE e.trail->'at' ?& ARRAY['emitted', 'acknowledged']),
    count(*) FILTER (WHERE e.trail->'at' ?& ARRAY['emitted', 'painted'])
  FROM tenants t CROSS JOIN LATERAL (
    SELECT * FROM events WHERE tenant_id = t.id AND stored_at >= first_at AND stored_at < end_at) e
  WHERE given_tenant IS NULL OR t.id = given_tenant
  GROUP BY 1, 2, 4
  ON CONFLICT (tenant_id, width_seconds, at, connection_id) DO UPDATE
    SET events = EXCLUDED.events, dead = EXCLUDED.dead, retried = EXCLUDED.retried, suggested = EXCLUDED.suggested,
      emitted = EXCLUDED.emitted, acknowledged = EXCLUDED.acknowledged, painted = EXCLUDED.painted
    WHERE (r.events, r.dead, r.retried, r.suggested, r.emitted, r.acknowledged, r.painted) IS DISTINCT FROM
      (EXCLUDED.events, EXCLUDED.dead, EXCLUDED.retried, EXCLUDED.suggested, EXCLUDED.emitted, EXCLUDED.acknowledged, EXCLUDED.painted);

  -- From the door to each stage. A replay's later stages belong to another day than its first ones; what was fetched
  -- more than a minute later, nobody waited for.
  INSERT INTO stage_rollups AS r (tenant_id, connection_id, width_seconds, at, stage, count, bins, counts)
  SELECT tenant_id, connection_id, 60, at, stage, sum(n), array_agg(bin ORDER BY bin), array_agg(n ORDER BY bin)
  FROM (
    SELECT e.tenant_id, e.connection_id, date_trunc('minute', e.stored_at, 'UTC') AS at, s.key AS stage,
      across.latency_bin(s.value::float8 - (e.trail->'at'->>'received')::float8) AS bin, count(*)::int AS n
    FROM tenants t CROSS JOIN LATERAL (
      SELECT * FROM events WHERE tenant_id = t.id AND stored_at >= first_at AND stored_at < end_at AND generation = 0) e
    CROSS JOIN LATERAL jsonb_each_text(e.trail->'at') s
    WHERE (given_tenant IS NULL OR t.id = given_tenant) AND s.key <> 'received' AND e.trail->'at' ? 'received'
      AND (s.key NOT IN ('acknowledged', 'painted') OR s.value::float8 - (e.trail->'at'->>'received')::float8 < 60000)
    GROUP BY 1, 2, 3, 4, 5
  ) counted
  GROUP BY 1, 2, 4, 5
  ON CONFLICT (tenant_id, width_seconds, at, connection_id, stage) DO UPDATE
    SET count = EXCLUDED.count, bins = EXCLUDED.bins, counts = EXCLUDED.counts
    WHERE (r.bins, r.counts) IS DISTINCT FROM (EXCLUDED.bins, EXCLUDED.counts);
END $$;
--> statement-breakpoint
-- Adds narrow intervals up to wider ones, for the wider ones that lie in or overlap the given time.
CREATE FUNCTION across.widen_rollups(given_tenant uuid, narrow int, wide int, first_at timestamptz, end_at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  stride interval := make_interval(secs => wide);
  origin timestamptz := to_timestamp(0);
  low timestamptz := date_bin(stride, first_at, origin);
  high timestamptz := date_bin(stride, end_at - interval '1 microsecond', origin) + stride;
BEGIN
  INSERT INTO traffic_rollups AS r (tenant_id, connection_id, width_seconds, at, events, dead, retried, suggested, emitted, acknowledged, painted)
  SELECT tenant_id, connection_id, wide, date_bin(stride, at, origin), sum(events), sum(dead), sum(retried), sum(suggested),
    sum(emitted), sum(acknowledged), sum(painted)
  FROM traffic_rollups
  WHERE width_seconds = narrow AND at >= low AND at < high AND (given_tenant IS NULL OR tenant_id = given_tenant)
  GROUP BY 1, 2, 4
  ON CONFLICT (tenant_id, width_seconds, at, connection_id) DO UPDATE
    SET events = EXCLUDED.events, dead = EXCLUDED.dead, retried = EXCLUDED.retried, suggested = EXCLUDED.suggested,
      emitted = EXCLUDED.emitted, acknowledged = EXCLUDED.acknowledged, painted = EXCLUDED.painted
    WHERE (r.events, r.dead, r.retried, r.suggested, r.emitted, r.acknowledged, r.painted) IS DISTINCT FROM
      (EXCLUDED.events, EXCLUDED.dead, EXCLUDED.retried, EXCLUDED.suggested, EXCLUDED.emitted, EXCLUDED.acknowledged, EXCLUDED.painted);

  INSERT INTO stage_rollups AS r (tenant_id, connection_id, width_seconds, at, stage, count, bins, counts)
  SELECT tenant_id, connection_id, wide, at, stage, sum(n), array_agg(bin ORDER BY bin), array_agg(n ORDER BY bin)
  FROM (
    SELECT s.tenant_id, s.connection_id, date_bin(stride, s.at, origin) AS at, s.stage, b.bin, sum(b.n)::int AS n
    FROM stage_rollups s CROSS JOIN LATERAL unnest(s.bins, s.counts) AS b (bin, n)
    WHERE s.width_seconds = narrow AND s.at >= low AND s.at < high AND (given_tenant IS NULL OR s.tenant_id = given_tenant)
    GROUP BY 1, 2, 3, 4, 5
  ) merged
  GROUP BY 1, 2, 4, 5
  ON CONFLICT (tenant_id, width_seconds, at, connection_id, stage) DO UPDATE
    SET count = EXCLUDED.count, bins = EXCLUDED.bins, counts = EXCLUDED.counts
    WHERE (r.bins, r.counts) IS DISTINCT FROM (EXCLUDED.bins, EXCLUDED.counts);
END $$;
--> statement-breakpoint
-- One round: the minutes since the last one, then minutes whose events changed later. Answers whether more waits.
-- One process at a time; another one's round is this one's too. What is counted by minute is kept for three days, by
-- quarters for 35, by hours for 400: an old minute is counted again together with its hour.
CREATE FUNCTION across.roll_up(most_stale int) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  reached timestamptz;
  present timestamptz := clock_timestamp();
  low timestamptz;
  high timestamptz;
  stale record;
  seen int := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('across.roll_up')) THEN RETURN false; END IF;
  SELECT through INTO reached FROM rollup_progress WHERE name = 'events';
  IF NOT FOUND THEN
    SELECT coalesce(min(oldest.at), present) INTO reached FROM tenants t CROSS JOIN LATERAL (
      SELECT stored_at AS at FROM events WHERE tenant_id = t.id ORDER BY stored_at LIMIT 1) oldest;
  END IF;
  low := date_trunc('minute', least(reached, present) - interval '2 minutes', 'UTC');
  -- After a long silence, half a day at a time.
  high := least(date_trunc('minute', present, 'UTC') + interval '1 minute', low + interval '12 hours');
  PERFORM across.count_minutes(NULL, low, high);
  PERFORM across.widen_rollups(NULL, 60, 900, low, high);
  PERFORM across.widen_rollups(NULL, 900, 3600, low, high);
  INSERT INTO rollup_progress (name, through) VALUES ('events', least(high, present))
    ON CONFLICT (name) DO UPDATE SET through = EXCLUDED.through;
  FOR stale IN
    WITH taken AS (
      DELETE FROM stale_minutes s WHERE s.id IN (SELECT id FROM stale_minutes ORDER BY tenant_id, at LIMIT most_stale)
      RETURNING s.tenant_id, s.at)
    SELECT tenant_id, date_trunc('hour', at, 'UTC') AS hour, min(at) AS first_at, max(at) + interval '1 minute' AS end_at, count(*) AS n
    FROM taken GROUP BY 1, 2 ORDER BY 1, 2
  LOOP
    seen := seen + stale.n;
    IF stale.hour < present - interval '2 days' THEN
      PERFORM across.count_minutes(stale.tenant_id, stale.hour, stale.hour + interval '1 hour');
    ELSE
      PERFORM across.count_minutes(stale.tenant_id, stale.first_at, stale.end_at);
    END IF;
    PERFORM across.widen_rollups(stale.tenant_id, 60, 900, stale.hour, stale.hour + interval '1 hour');
    PERFORM across.widen_rollups(stale.tenant_id, 900, 3600, stale.hour, stale.hour + interval '1 hour');
  END LOOP;
  RETURN high < present OR seen >= most_stale;
END $$;
--> statement-breakpoint
CREATE FUNCTION across.forget_rollups(most int) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone bigint := 0;
  n bigint;
  kept record;
BEGIN
  FOR kept IN SELECT * FROM (VALUES (60, interval '3 days'), (900, interval '35 days'), (3600, interval '400 days')) AS k (width, age) LOOP
    DELETE FROM stage_rollups WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM stage_rollups WHERE width_seconds = kept.width AND at < now() - kept.age LIMIT most));
    GET DIAGNOSTICS n = ROW_COUNT;
    gone := gone + n;
    DELETE FROM traffic_rollups WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM traffic_rollups WHERE width_seconds = kept.width AND at < now() - kept.age LIMIT most));
    GET DIAGNOSTICS n = ROW_COUNT;
    gone := gone + n;
  END LOOP;
  DELETE FROM process_samples WHERE at < now() - interval '35 days';
  RETURN gone;
END $$;
--> statement-breakpoint
-- How each process does this minute: [{process, replicas, version, figures}]. The fullest word of a minute stays.
CREATE FUNCTION across.note_processes(batch jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO process_samples AS p (at, process, replicas, version, figures)
  SELECT date_trunc('minute', clock_timestamp(), 'UTC'), i->>'process', (i->>'replicas')::int, i->>'version', coalesce(i->'figures', '{}')
  FROM jsonb_array_elements(batch) i ORDER BY 2
  ON CONFLICT (process, at) DO UPDATE SET replicas = EXCLUDED.replicas, version = coalesce(EXCLUDED.version, p.version),
    figures = CASE WHEN EXCLUDED.replicas > 0 THEN EXCLUDED.figures ELSE p.figures END
$$;
--> statement-breakpoint
-- For each process: the last minute in which it ran, and the last in which anyone looked.
CREATE FUNCTION across.process_history()
RETURNS TABLE (process text, last_up timestamptz, last_seen timestamptz, up_since timestamptz, version text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE names AS (
    (SELECT p.process FROM process_samples p ORDER BY p.process LIMIT 1)
    UNION ALL
    SELECT (SELECT p.process FROM process_samples p WHERE p.process > n.process ORDER BY p.process LIMIT 1) FROM names n WHERE n.process IS NOT NULL
  )
  SELECT n.process,
    (SELECT p.at FROM process_samples p WHERE p.process = n.process AND p.replicas > 0 ORDER BY p.at DESC LIMIT 1),
    (SELECT p.at FROM process_samples p WHERE p.process = n.process ORDER BY p.at DESC LIMIT 1),
    (SELECT p.at FROM process_samples p WHERE p.process = n.process AND p.replicas = 0 ORDER BY p.at DESC LIMIT 1),
    (SELECT p.version FROM process_samples p WHERE p.process = n.process AND p.version IS NOT NULL ORDER BY p.at DESC LIMIT 1)
  FROM names n WHERE n.process IS NOT NULL
$$;
--> statement-breakpoint
-- The highest value of some gauges in each interval, over all copies.
CREATE FUNCTION across.process_gauges(names text[], since timestamptz, width_seconds int)
RETURNS TABLE (at timestamptz, name text, value double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT date_bin(make_interval(secs => width_seconds), m.at, to_timestamp(0)), m.name, max(m.value)
  FROM (
    SELECT p.at, f.key AS name, sum(f.value::float8) AS value
    FROM process_samples p CROSS JOIN LATERAL jsonb_each_text(p.figures) f
    WHERE p.at >= since AND f.key = ANY (names) AND p.replicas > 0 GROUP BY 1, 2
  ) m GROUP BY 1, 2 ORDER BY 1, 2
$$;
--> statement-breakpoint
-- The newest of the tenant's own texts that hold all words, before a place in the list. It is a function because the
-- index on words may not be used beneath a row-level policy; it looks at the transaction's own tenant and no other.
CREATE FUNCTION across.find_texts(query tsquery, since timestamptz, until timestamptz, before_at timestamptz, before_id uuid, most int)
RETURNS TABLE (id uuid, stored_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Planned anew each time: whether a word is rare decides the way.
  RETURN QUERY EXECUTE 'SELECT t.id, t.stored_at FROM event_texts t
    WHERE t.tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid AND t.words @@ $1'
    || CASE WHEN since IS NOT NULL THEN ' AND t.stored_at >= $2' ELSE '' END
    || CASE WHEN until IS NOT NULL THEN ' AND t.stored_at < $3' ELSE '' END
    || CASE WHEN before_at IS NOT NULL THEN ' AND (t.stored_at, t.id) < ($4, $5)' ELSE '' END
    || ' ORDER BY t.stored_at DESC, t.id DESC LIMIT $6'
    USING query, since, until, before_at, before_id, most;
END $$;
--> statement-breakpoint
-- Events, and deliveries that nobody could read, whose words are not kept yet, from the highest id down: for one pass over all.
CREATE FUNCTION across.untold_texts(below uuid, most int)
RETURNS TABLE (tenant_id uuid, event_id uuid, untold boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.tenant_id, e.id, NOT EXISTS (SELECT 1 FROM event_texts t WHERE t.id = e.id)
  FROM events e WHERE below IS NULL OR e.id < below ORDER BY e.id DESC LIMIT most
$$;
--> statement-breakpoint
CREATE FUNCTION across.untold_deliveries(most int)
RETURNS TABLE (tenant_id uuid, delivery_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.tenant_id, d.id FROM deliveries d WHERE d.state IN ('dead', 'parked') AND NOT EXISTS (SELECT 1 FROM event_texts t WHERE t.id = d.id) LIMIT most
$$;
--> statement-breakpoint
-- Replays to go on with; the caller has them for `hold_seconds`.
CREATE FUNCTION across.due_replays(most int, hold_seconds double precision)
RETURNS TABLE (tenant_id uuid, replay_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE replays SET claimed_until = clock_timestamp() + make_interval(secs => hold_seconds)
  WHERE id IN (
    SELECT r.id FROM replays r WHERE r.state = 'running' AND (r.claimed_until IS NULL OR r.claimed_until < clock_timestamp())
    ORDER BY r.created_at LIMIT most FOR UPDATE SKIP LOCKED)
  RETURNING replays.tenant_id, replays.id
$$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'across' AND p.proname IN ('latency_bin', 'count_minutes', 'widen_rollups', 'roll_up', 'forget_rollups',
      'note_processes', 'process_history', 'process_gauges', 'find_texts', 'untold_texts', 'untold_deliveries', 'due_replays') LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO omnibots_across', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
