CREATE TABLE "answers" (
	"tenant_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"asked" boolean DEFAULT false NOT NULL,
	"suggestion_id" uuid,
	"queue_id" text,
	"queue_name" text,
	"agent_id" text,
	"agent_name" text,
	"at" timestamp with time zone NOT NULL,
	"wait_ms" integer,
	"painted_ms" integer,
	"confidence" real,
	"threshold" real,
	"copied" boolean DEFAULT false NOT NULL,
	"inserted" boolean DEFAULT false NOT NULL,
	"sent" boolean DEFAULT false NOT NULL,
	"opened" boolean DEFAULT false NOT NULL,
	"verdict" smallint,
	CONSTRAINT "answers_tenant_id_event_id_pk" PRIMARY KEY("tenant_id","event_id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "widget_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "feedback_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answers_tenant_id_at_index" ON "answers" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "answers_conversation_id_index" ON "answers" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "answers_gaps" ON "answers" USING btree ("tenant_id","at") WHERE "answers"."kind" = 'unanswered' or "answers"."verdict" < 0;--> statement-breakpoint
CREATE INDEX "conversations_tenant_id_queue_id_started_at_index" ON "conversations" USING btree ("tenant_id","queue_id","started_at");--> statement-breakpoint
CREATE INDEX "conversations_tenant_id_agent_id_started_at_index" ON "conversations" USING btree ("tenant_id","agent_id","started_at");--> statement-breakpoint
CREATE INDEX "conversations_tenant_id_connection_id_started_at_index" ON "conversations" USING btree ("tenant_id","connection_id","started_at");--> statement-breakpoint
CREATE INDEX "conversations_with_feedback" ON "conversations" USING btree ("tenant_id","started_at") WHERE "conversations"."feedback_at" is not null;--> statement-breakpoint
CREATE INDEX "conversations_by_platform_id" ON "conversations" USING btree ("tenant_id","platform_conversation_id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "durable_messages_event_id_index" ON "durable_messages" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "events_dead" ON "events" USING btree ("tenant_id","conversation_id") WHERE "events"."state" = 'dead';--> statement-breakpoint
ALTER TABLE "answers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "answers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON "answers" USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);--> statement-breakpoint
-- What was answered before this table was there. The owner reads all tenants for this once.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['answers', 'conversations', 'durable_messages', 'events', 'feedback', 'suggestions'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
--> statement-breakpoint
INSERT INTO answers (tenant_id, event_id, conversation_id, kind, asked, suggestion_id, queue_id, queue_name, agent_id, agent_name,
  at, wait_ms, painted_ms, confidence, copied, inserted, sent, opened, verdict)
SELECT e.tenant_id, e.id, e.conversation_id,
  CASE WHEN s.id IS NULL THEN 'unanswered' WHEN jsonb_array_length(s.body->'sentences') > 0 THEN 'answered' ELSE 'sources' END,
  e.type = 'question.asked', s.id, c.queue_id, c.queue_name, c.agent_id, c.agent_name, coalesce(s.created_at, e.stored_at),
  CASE WHEN e.generation = 0 THEN least((e.trail->'at'->>'emitted')::float8 - (e.trail->'at'->>'received')::float8, 2147483647)::int END,
  CASE WHEN e.generation = 0 THEN least((e.trail->'at'->>'painted')::float8 - (e.trail->'at'->>'received')::float8, 2147483647)::int END,
  (s.body->>'confidence')::real, coalesce(f.copied, false), coalesce(f.inserted, false), coalesce(f.sent, false), coalesce(f.opened, false), f.verdict
FROM events e JOIN conversations c ON c.id = e.conversation_id
LEFT JOIN LATERAL (SELECT * FROM suggestions s WHERE s.event_id = e.id ORDER BY s.generation DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT bool_or(kind = 'copied') AS copied, bool_or(kind = 'inserted') AS inserted, bool_or(kind = 'sent') AS sent,
  bool_or(kind = 'opened') AS opened, (array_agg(CASE value WHEN 'up' THEN 1 WHEN 'down' THEN -1 END ORDER BY updated_at DESC)
    FILTER (WHERE kind = 'verdict'))[1]::smallint AS verdict FROM feedback f WHERE f.suggestion_id = s.id) f ON true
WHERE s.id IS NOT NULL OR e.outcome LIKE 'no source%';
--> statement-breakpoint
UPDATE conversations c SET widget_at = m.at
FROM (SELECT conversation_id, min(painted_at) AS at FROM durable_messages WHERE painted_at IS NOT NULL GROUP BY 1) m
WHERE m.conversation_id = c.id;
--> statement-breakpoint
UPDATE conversations c SET feedback_at = f.at
FROM (SELECT s.conversation_id, max(f.updated_at) AS at FROM feedback f JOIN suggestions s ON s.id = f.suggestion_id GROUP BY 1) f
WHERE f.conversation_id = c.id;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['answers', 'conversations', 'durable_messages', 'events', 'feedback', 'suggestions'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
