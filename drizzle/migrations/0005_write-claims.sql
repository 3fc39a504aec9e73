ALTER TABLE "write_backs" ADD COLUMN "agent_name" text;--> statement-breakpoint
ALTER TABLE "write_backs" ADD COLUMN "retryable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "write_backs" ADD COLUMN "claim" uuid;--> statement-breakpoint
CREATE INDEX "summaries_updated_at_index" ON "summaries" USING btree ("updated_at") WHERE "summaries"."state" = 'wanted';--> statement-breakpoint
GRANT SELECT, UPDATE ON summaries TO omnibots_across;
--> statement-breakpoint
CREATE POLICY across ON summaries TO omnibots_across USING (true) WITH CHECK (true);
--> statement-breakpoint
-- Drafts that are wanted and that nobody works on; each is held for the caller for a while.
CREATE FUNCTION across.due_summaries(most integer, hold_seconds double precision)
RETURNS TABLE (tenant_id uuid, conversation_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE summaries AS s SET updated_at = clock_timestamp()
  WHERE s.id IN (
    SELECT id FROM summaries
    WHERE state = 'wanted' AND updated_at < clock_timestamp() - make_interval(secs => hold_seconds)
    ORDER BY updated_at LIMIT most FOR UPDATE SKIP LOCKED
  )
  RETURNING s.tenant_id, s.conversation_id
$$;
--> statement-breakpoint
ALTER FUNCTION across.due_summaries(integer, double precision) OWNER TO omnibots_across;
--> statement-breakpoint
REVOKE ALL ON FUNCTION across.due_summaries(integer, double precision) FROM PUBLIC;
