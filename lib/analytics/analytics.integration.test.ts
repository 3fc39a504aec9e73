import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { aTalk } from "#/tests/factories/talks.ts";
import { aConnection, type TestConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { figuresCsv, gapsCsv } from "./analytics-csv.ts";
import { periodOf } from "./analytics-range.ts";
import { readAnalytics } from "./read-analytics.ts";
import { readGaps } from "./read-gaps.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

const NOW = Date.UTC(2026, 5, 10, 12);
const HOUR = 3_600_000;
const week = periodOf("7d", "Europe/Berlin", NOW);
const read = ({ tenantId }: TestConnection) => readAnalytics(app.db, tenantId, week);

async function aWeek(): Promise<TestConnection> {
  const place = await aConnection(owner.db);
  await aTalk(app.db, place, {
    // 23:30 UTC is the next day in Berlin.
    startedAt: new Date(Date.UTC(2026, 5, 8, 23, 30)),
    queueId: "q1",
    queueName: "Billing",
    agentId: "a1",
    agentName: "Ana",
    widgetAt: new Date(NOW),
    said: [
      { text: "Why was I charged twice?", came: "answered", verdict: "up" },
      { text: "How long does a refund take?", came: "answered", verdict: "down" },
      { text: "Do you ship to Norway?", came: "unanswered", answer: { confidence: 0.1, threshold: 0.6 } },
    ],
  });
  await aTalk(app.db, place, {
    startedAt: new Date(NOW - HOUR),
    queueId: "q2",
    queueName: "=Orders",
    agentId: "a2",
    agentName: "Ben",
    said: [
      {
        text: "Is shipping to Norway possible?",
        came: "unanswered",
        answer: { confidence: 0.2, threshold: 0.6 },
      },
      { text: "Where is my parcel?", came: "answered", answer: { copied: true, waitMs: 400 } },
      { text: "Nothing was asked here." },
    ],
  });
  await aTalk(app.db, place, {
    startedAt: new Date(NOW - 30 * 24 * HOUR),
    said: [{ text: "Long ago?", came: "answered" }],
  });
  return place;
}

test("figures of a period are summed in all, by day, by queue and by agent", async () => {
  const { total, adoption, steps, queues, agents } = await read(await aWeek());
  expect(total).toMatchObject({
    conversations: 2,
    questions: 5,
    shown: 3,
    used: 2,
    copied: 1,
    helpful: 1,
    rejected: 1,
    unanswered: 2,
  });
  expect(total.p50).toBeGreaterThan(77);
  expect(total.p50).toBeLessThan(83);
  expect(total.p95).toBeGreaterThan(388);
  expect(total.p95).toBeLessThan(412);
  expect(adoption).toEqual({ agents: 2, agentsWithWidget: 1, conversationsWithWidget: 1, assisted: 2 });
  const busy = steps.filter(({ questions }) => questions > 0);
  expect(busy.map(({ step, questions }) => [step, questions])).toEqual([
    ["2026-06-09", 3],
    ["2026-06-10", 2],
  ]);
  expect(steps).toHaveLength(8);
  expect(queues.map(({ name, unanswered }) => [name, unanswered])).toEqual([
    ["Billing", 1],
    ["=Orders", 1],
  ]);
  expect(agents.map(({ name, withWidget }) => [name, withWidget])).toEqual([
    ["Ana", true],
    ["Ben", false],
  ]);
});

test("another tenant's figures are not in these", async () => {
  await aWeek();
  const { total, queues } = await read(await aConnection(owner.db));
  expect(total.conversations).toBe(0);
  expect(total.p50).toBeUndefined();
  expect(queues).toEqual([]);
});

test("unanswered and rejected questions are grouped, with a cause and the base that answers for the queue", async () => {
  const place = await aWeek();
  const [base] = await withTenant(app.db, place.tenantId, async (tx) => {
    const made = await tx
      .insert(knowledgeBases)
      .values({ tenantId: place.tenantId, name: "Help" })
      .returning();
    await tx
      .insert(profiles)
      .values({ tenantId: place.tenantId, isDefault: true, knowledgeBaseId: made[0]?.id ?? null });
    return made;
  });
  const { gaps, total, every } = await readGaps(app.db, place.tenantId, week);
  expect([total, every]).toEqual([3, 1]);
  expect(gaps[0]).toMatchObject({
    question: "Is shipping to Norway possible?",
    count: 2,
    unanswered: 2,
    cause: "missing",
    base: { id: base?.id, name: "Help" },
  });
  expect(gaps[0]?.queues.toSorted()).toEqual(["=Orders", "Billing"]);
  expect(gaps[1]).toMatchObject({
    question: "How long does a refund take?",
    rejected: 1,
    cause: "insufficient",
  });
});

test("a question that another queue's knowledge answers is a matter of scope", async () => {
  const place = await aWeek();
  await aTalk(app.db, place, {
    startedAt: new Date(NOW - 2 * HOUR),
    queueId: "q3",
    queueName: "Shipping",
    said: [{ text: "Do you ship to Norway?", came: "answered" }],
  });
  const { gaps } = await readGaps(app.db, place.tenantId, week);
  expect(gaps[0]).toMatchObject({ cause: "wrong-scope", answeredIn: "Shipping" });
});

test("a rejected card whose article is old names the article", async () => {
  const place = await aConnection(owner.db);
  const talk = await aTalk(app.db, place, {
    startedAt: new Date(NOW - HOUR),
    said: [{ text: "How long does a refund take?", came: "answered", verdict: "down" }],
  });
  await withTenant(app.db, place.tenantId, async (tx) => {
    const [base] = await tx
      .insert(knowledgeBases)
      .values({ tenantId: place.tenantId, name: "B" })
      .returning();
    const [card] = await tx
      .select({ body: suggestions.body })
      .from(suggestions)
      .where(eq(suggestions.eventId, talk.eventIds[0] ?? ""));
    await tx.insert(documents).values({
      id: card?.body.sources[0]?.documentId ?? "",
      tenantId: place.tenantId,
      knowledgeBaseId: base?.id ?? "",
      title: "Refunds",
      source: "upload",
      origin: "refunds.md",
      mediaType: "text/markdown",
      updatedAt: new Date(NOW - 400 * 24 * HOUR),
    });
  });
  const { gaps } = await readGaps(app.db, place.tenantId, week);
  expect(gaps[0]).toMatchObject({ cause: "outdated", document: { title: "Refunds" } });
});

test("a table for a spreadsheet holds no formula of a customer's or an admin's", async () => {
  const place = await aWeek();
  const text = figuresCsv("queues", await read(place));
  expect(text.split("\r\n")[0]).toMatch(/^queue,queue id,conversations,questions,shown,used/);
  expect(text).toContain("'=Orders,q2,1,2,1,1,1,0,0,0,0,1");
  expect(gapsCsv((await readGaps(app.db, place.tenantId, week)).gaps)).toContain(
    "Is shipping to Norway possible?",
  );
});
