import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { AGENTS, QUESTIONS, QUEUES, SMALL_TALK } from "./big-tenant-words.ts";

export const BIG_TENANT = { slug: "big-bench", name: "Big bench" };
const EVENTS_EACH = 20;
/** The turns of a conversation that ask for something. */
const ASKING_TURNS = [4, 8, 12, 16];
const PLATFORMS = ["genesys", "five9", "8x8", "salesforce", "google-ccai"];

export type BigTenant = { tenantId: string; conversations: number; events: number; seconds: number };

/**
 * A tenant of ninety days with this many events, written set by set: conversations, their deliveries, events, cards,
 * what agents made of them, durable messages, summaries. `sql` is the owner's, with one connection.
 */
export async function seedBigTenant(sql: Sql, email: string, events: number): Promise<BigTenant> {
  const from = performance.now();
  await sql`DELETE FROM tenants WHERE slug = ${BIG_TENANT.slug}`;
  const tenantId = randomUUID();
  const conversations = Math.ceil(events / EVENTS_EACH);
  await sql`SELECT set_config('app.tenant', ${tenantId}, false)`;
  await seedSetUp(sql, tenantId, email);
  await seedConversations(sql, tenantId, conversations);
  await seedEvents(sql, tenantId);
  await seedCards(sql, tenantId);
  await seedRest(sql, tenantId);
  await sql.unsafe("VACUUM ANALYZE");
  return {
    tenantId,
    conversations,
    events: conversations * EVENTS_EACH,
    seconds: (performance.now() - from) / 1_000,
  };
}

async function seedSetUp(sql: Sql, tenantId: string, email: string): Promise<void> {
  await sql`INSERT INTO tenants (id, slug, name) VALUES (${tenantId}, ${BIG_TENANT.slug}, ${BIG_TENANT.name})`;
  await sql`INSERT INTO members (tenant_id, user_id, role) SELECT ${tenantId}, id, 'owner' FROM users WHERE email = ${email}`;
  await sql`INSERT INTO connections (tenant_id, public_id, platform, name, last_event_at)
    SELECT ${tenantId}, 'big-' || platform, platform, initcap(platform), now() FROM unnest(${PLATFORMS}::text[]) AS platform`;
  await sql`INSERT INTO knowledge_bases (tenant_id, name) SELECT ${tenantId}, 'Base ' || n FROM generate_series(1, 6) n`;
  await sql`INSERT INTO documents (tenant_id, knowledge_base_id, title, source, origin, media_type, state, chunk_count, indexed_at)
    SELECT ${tenantId}, b.id, 'Article ' || n, 'upload', 'article-' || n || '.md', 'text/markdown', 'ready', 8, now()
    FROM knowledge_bases b CROSS JOIN generate_series(1, 200) n WHERE b.tenant_id = ${tenantId}`;
  await sql`INSERT INTO chunks (tenant_id, knowledge_base_id, document_id, ordinal, heading_path, text)
    SELECT ${tenantId}, d.knowledge_base_id, d.id, n, ARRAY[d.title], 'A passage of ' || d.title || ', part ' || n
    FROM documents d CROSS JOIN generate_series(1, 8) n WHERE d.tenant_id = ${tenantId}`;
  await sql`INSERT INTO profiles (tenant_id, is_default, knowledge_base_id, system_prompt)
    SELECT ${tenantId}, row_number() OVER (ORDER BY b.id) = 1, b.id, 'Answer in two sentences.'
    FROM knowledge_bases b WHERE b.tenant_id = ${tenantId}`;
  await sql`INSERT INTO platform_queues (tenant_id, connection_id, queue_id, name)
    SELECT ${tenantId}, c.id, 'q-' || q.n, q.name FROM connections c
    CROSS JOIN unnest(${[...QUEUES]}::text[]) WITH ORDINALITY AS q (name, n) WHERE c.tenant_id = ${tenantId}`;
  await sql`INSERT INTO queue_mappings (tenant_id, connection_id, queue_id, queue_name, profile_id)
    SELECT q.tenant_id, q.connection_id, q.queue_id, q.name, p.id FROM platform_queues q
    JOIN LATERAL (SELECT id FROM profiles p WHERE p.tenant_id = ${tenantId} AND NOT is_default
      ORDER BY md5(q.id::text || p.id::text) LIMIT 1) p ON true WHERE q.tenant_id = ${tenantId}`;
}

async function seedConversations(sql: Sql, tenantId: string, count: number): Promise<void> {
  await sql`CREATE TEMP TABLE talk AS
    WITH numbered AS (SELECT n, now() - interval '90 days' * (n::float8 / ${count}) AS at FROM generate_series(1, ${count}::int) n),
    place AS (SELECT array_agg(id ORDER BY id) AS ids FROM connections WHERE tenant_id = ${tenantId})
    SELECT n, at, uuidv7(at - now()) AS id, abs(hashint8(n)) AS h,
      ids[1 + abs(hashint8(n * 3)) % ${PLATFORMS.length}] AS connection_id,
      1 + abs(hashint8(n * 5)) % ${QUEUES.length} AS queue, 1 + abs(hashint8(n * 7)) % ${AGENTS.length} AS agent
    FROM numbered, place`;
  await sql`INSERT INTO conversations (id, tenant_id, connection_id, platform_conversation_id, channel, queue_id, queue_name,
      agent_id, agent_name, language, last_seq, started_at, ended_at, widget_at, created_at)
    SELECT id, ${tenantId}, connection_id, md5('talk' || n), CASE WHEN h % 5 < 3 THEN 'voice' ELSE 'chat' END,
      'q-' || queue, (${[...QUEUES]}::text[])[queue], 'agent-' || agent, (${AGENTS}::text[])[agent], 'en', ${EVENTS_EACH}, at,
      CASE WHEN n > 20 THEN at + interval '6 minutes' END, CASE WHEN agent % 6 > 0 THEN at + interval '1 second' END, at
    FROM talk ORDER BY at`;
}

async function seedEvents(sql: Sql, tenantId: string): Promise<void> {
  await sql`CREATE TEMP TABLE turn AS
    SELECT t.n, t.id AS conversation_id, t.connection_id, t.queue, t.agent, k, t.at + k * interval '17 seconds' AS at,
      uuidv7(t.at + k * interval '17 seconds' - now()) AS id, uuidv7(t.at + k * interval '17 seconds' - now()) AS delivery_id,
      abs(hashint8(t.n::bigint * 100 + k)) AS h, k = ANY (${ASKING_TURNS}) AS asks
    FROM talk t CROSS JOIN generate_series(1, ${EVENTS_EACH}) k`;
  await sql`INSERT INTO deliveries (id, tenant_id, connection_id, door, message_id, payload, state, received_at, stored_at, next_attempt_at)
    SELECT delivery_id, ${tenantId}, connection_id, 'widget', 'm-' || n || '-' || k,
      jsonb_build_object('kind', 'message', 'conversationId', md5('talk' || n), 'message', jsonb_build_object('text', 'turn ' || k)),
      CASE WHEN h % 5000 = 0 THEN 'dead' ELSE 'processed' END, at, at, at FROM turn ORDER BY at`;
  await sql`INSERT INTO events (id, tenant_id, connection_id, conversation_id, delivery_id, type, occurred_at, data, state, outcome,
      attempts, next_attempt_at, trail, stored_at)
    SELECT id, ${tenantId}, connection_id, conversation_id, delivery_id,
      CASE k WHEN 1 THEN 'conversation.started' WHEN ${EVENTS_EACH} THEN 'conversation.ended' ELSE 'utterance' END, at,
      CASE k WHEN 1 THEN jsonb_build_object('channel', 'chat') WHEN ${EVENTS_EACH} THEN jsonb_build_object('reason', 'hang up')
        ELSE jsonb_build_object('speaker', CASE WHEN asks OR k % 2 = 0 THEN 'customer' ELSE 'agent' END, 'channel', 'chat', 'text',
          CASE WHEN asks THEN (${[...QUESTIONS]}::text[])[1 + h % ${QUESTIONS.length}]
            ELSE (${[...SMALL_TALK]}::text[])[1 + h % ${SMALL_TALK.length}] END) END,
      CASE WHEN h % 997 = 0 THEN 'dead' ELSE 'done' END,
      CASE WHEN h % 997 = 0 THEN (ARRAY['dead: the model did not answer', 'dead: upstream_unavailable 503', 'dead: timeout'])[1 + h % 3]
        WHEN NOT asks THEN 'silent: nothing asked' WHEN h % 10 < 7 THEN 'suggested'
        ELSE 'no source: best confidence 0.31, 0.60 is needed' END,
      CASE WHEN h % 997 = 0 THEN 5 ELSE 0 END, at, jsonb_build_object('attempts', '[]'::jsonb, 'notes', '[]'::jsonb, 'at', (
        SELECT jsonb_object_agg(stage, round(extract(epoch FROM at) * 1000) + ms * (50 + h % 100) / 100) FROM (VALUES
          ('received', 0), ('stored', 4), ('validated', 9), ('routed', 11), ('started', 14), ('recorded', 18), ('triggered', 20),
          ('retrieved', 60), ('grounded', 75), ('emitted', 80), ('acknowledged', 95), ('painted', 120)) s (stage, ms)
        WHERE asks OR stage IN ('received', 'stored', 'validated', 'routed', 'started', 'recorded', 'emitted', 'painted'))), at
    FROM turn ORDER BY at`;
  await sql`INSERT INTO event_keys (tenant_id, event_id, seen_at) SELECT ${tenantId}, id, at FROM turn`;
}

async function seedCards(sql: Sql, tenantId: string): Promise<void> {
  await sql`CREATE TEMP TABLE card AS
    SELECT t.*, uuidv7(at - now()) AS card_id, (${[...QUESTIONS]}::text[])[1 + h % ${QUESTIONS.length}] AS question
    FROM turn t WHERE asks AND h % 10 < 7`;
  await sql`INSERT INTO suggestions (id, tenant_id, conversation_id, event_id, profile_id, profile_version, knowledge_version, model, body, created_at)
    SELECT card_id, ${tenantId}, conversation_id, id, p.profile, 1, 1, 'extractive', jsonb_build_object('question', question, 'confidence', 0.82,
      'origin', 'extractive', 'sentences', jsonb_build_array(jsonb_build_object('text', 'This is what the article says about it.',
        'citations', jsonb_build_array(jsonb_build_object('n', 1, 'start', 0, 'end', 38)))),
      'sources', jsonb_build_array(jsonb_build_object('n', 1, 'chunkId', p.chunk, 'documentId', p.document, 'title', 'Article 7',
        'headingPath', jsonb_build_array('Article 7'), 'score', 0.82))), at
    FROM card, (SELECT (SELECT id FROM profiles WHERE tenant_id = ${tenantId} AND is_default) AS profile, c.id AS chunk, c.document_id AS document
      FROM chunks c WHERE c.tenant_id = ${tenantId} LIMIT 1) p ORDER BY at`;
  await sql`INSERT INTO feedback (tenant_id, suggestion_id, agent_id, kind, value, updated_at)
    SELECT ${tenantId}, card_id, 'agent-' || agent, CASE WHEN h % 3 = 0 THEN 'copied' ELSE 'verdict' END,
      CASE WHEN h % 3 = 0 THEN 'yes' WHEN h % 7 = 0 THEN 'down' ELSE 'up' END, at + interval '5 seconds'
    FROM card WHERE h / 10 % 100 < 40`;
  await sql`INSERT INTO answers (tenant_id, event_id, conversation_id, kind, suggestion_id, queue_id, queue_name, agent_id, agent_name, at,
      wait_ms, painted_ms, confidence, threshold, copied, verdict)
    SELECT ${tenantId}, t.id, t.conversation_id, CASE WHEN t.h % 10 < 6 THEN 'answered' WHEN t.h % 10 < 7 THEN 'sources' ELSE 'unanswered' END,
      c.card_id, 'q-' || t.queue, (${[...QUEUES]}::text[])[t.queue], 'agent-' || t.agent, (${AGENTS}::text[])[t.agent], t.at,
      80 * (50 + t.h % 100) / 100, 120 * (50 + t.h % 100) / 100, CASE WHEN c.card_id IS NULL THEN (t.h % 55) / 100.0 ELSE 0.82 END, 0.6,
      f.kind IS NOT DISTINCT FROM 'copied', CASE f.value WHEN 'up' THEN 1 WHEN 'down' THEN -1 END
    FROM turn t LEFT JOIN card c USING (id) LEFT JOIN feedback f ON f.suggestion_id = c.card_id WHERE t.asks ORDER BY t.at`;
  await sql`UPDATE conversations c SET feedback_at = c.started_at FROM (SELECT DISTINCT conversation_id FROM card WHERE h / 10 % 100 < 40) k
    WHERE c.id = k.conversation_id`;
}

async function seedRest(sql: Sql, tenantId: string): Promise<void> {
  await sql`INSERT INTO durable_messages (tenant_id, conversation_id, seq, key, event_id, body, emitted_at, acknowledged_at, painted_at)
    SELECT ${tenantId}, conversation_id, k, 'event:' || id, id, jsonb_build_object('kind', 'transcript', 'text', 'turn ' || k), at, at, at
    FROM turn ORDER BY at`;
  await sql`INSERT INTO summaries (tenant_id, conversation_id, version, state, model, drafted_at, fields)
    SELECT ${tenantId}, id, 1, 'ready', 'extractive', at, (SELECT jsonb_object_agg(name, jsonb_build_object('text', 'Asked about a charge.',
      'locked', false, 'sentences', '[]'::jsonb)) FROM unnest(ARRAY['reason', 'facts', 'actions', 'outcome']) name) FROM talk`;
  await sql`INSERT INTO audit_entries (tenant_id, user_id, action, target, created_at)
    SELECT ${tenantId}, m.user_id, 'document.added', 'Article ' || n, now() - n * interval '20 minutes'
    FROM members m CROSS JOIN generate_series(1, 5000) n WHERE m.tenant_id = ${tenantId}`;
  for (const table of ["card", "turn", "talk"]) await sql.unsafe(`DROP TABLE ${table}`);
}
