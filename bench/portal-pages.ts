/**
 * Every page of the portal on a tenant of a million events: how many statements it takes, how long the server needs
 * for the whole answer, and when a browser first shows something of it.
 *
 *   npm run bench portal-pages [-- --quick] [-- --events=200000] [-- --keep]
 *
 * `--only=analytics` takes the pages whose name or address holds that word. `--keep` uses the big tenant that is there; `--dev` serves from source, which is for trying this file.
 */
import type { BrowserContext } from "@playwright/test";
import postgres, { type Sql } from "postgres";
import { launchBrowser } from "./launch-browser.ts";
import { startCountingProxy } from "./portal-pages/counting-proxy.ts";
import { BIG_TENANT, seedBigTenant } from "./portal-pages/seed-big-tenant.ts";
import { startPortal } from "./portal-pages/start-portal.ts";
import { percentile, printReport, required, round } from "./report.ts";

const AIM_MS = 300;
const EVENTS = 1_000_000;
const QUICK_EVENTS = 50_000;

const option = (name: string) =>
  process.argv.find((word) => word === `--${name}` || word.startsWith(`--${name}=`));
const quick = option("quick") !== undefined;
const TIMES = quick ? 5 : 20;
const PAINTS = quick ? 1 : 3;

const sql = postgres(required("DATABASE_URL"), { max: 1, onnotice: () => undefined });
const proxy = await startCountingProxy(required("APP_DATABASE_URL"));
const seeded = await seed();
const portal = await startPortal(proxy.url, option("dev") ? "dev" : "start");
const browser = await launchBrowser();
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context);
  const rows = [];
  const only = option("only")?.split("=")[1]?.toLowerCase() ?? "";
  for (const [name, path] of Object.entries(await pagesOf(sql, seeded.tenantId)))
    if (`${name} ${path}`.toLowerCase().includes(only))
      rows.push(await measure(context, name, `${portal.url}/${BIG_TENANT.slug}${path}`));
  const slow = rows.filter((row) => row["p95 ms"] > AIM_MS).map(({ page }) => page);
  printReport("portal-pages", rows, {
    times: TIMES,
    events: seeded.events,
    conversations: seeded.conversations,
    slow,
  });
  console.log(
    slow.length === 0
      ? `Every page answers within ${AIM_MS} ms at p95.`
      : `Above ${AIM_MS} ms at p95: ${slow.join(", ")}.`,
  );
} finally {
  await browser.close();
  await portal.stop();
  await proxy.close();
  await sql.end();
}

async function seed() {
  const [found] = await sql<{ id: string; conversations: number }[]>`
    SELECT t.id, (SELECT count(*)::int FROM conversations c WHERE c.tenant_id = t.id) AS conversations
    FROM tenants t WHERE slug = ${BIG_TENANT.slug}`;
  if (found && option("keep"))
    return { tenantId: found.id, conversations: found.conversations, events: found.conversations * 20 };
  const given = Number(option("events")?.split("=")[1]);
  const wanted = Number.isInteger(given) && given > 0 ? given : quick ? QUICK_EVENTS : EVENTS;
  console.log(`Writing ${wanted.toLocaleString("en")} events ...`);
  const big = await seedBigTenant(sql, required("DEMO_EMAIL"), wanted);
  console.log(`Written in ${round(big.seconds)} s.`);
  return big;
}

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${portal.url}/sign-in`, { timeout: 120_000 });
  await page.getByLabel("E-mail").fill(required("DEMO_EMAIL"));
  await page.getByLabel("Password").fill(required("DEMO_PASSWORD"));
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL((url) => !url.pathname.includes("sign-in"), { timeout: 120_000 });
  await page.close();
}

/** Pages of lists, and of one thing each out of the middle of the tenant's time. */
async function pagesOf(db: Sql, tenantId: string): Promise<Record<string, string>> {
  const [middle] = await db<{ conversation: string; event: string; agent: string }[]>`
    SELECT c.id AS conversation, c.agent_id AS agent, (SELECT e.id FROM events e WHERE e.conversation_id = c.id LIMIT 1) AS event
    FROM conversations c WHERE c.tenant_id = ${tenantId} ORDER BY c.started_at
    OFFSET (SELECT count(*) / 2 FROM conversations WHERE tenant_id = ${tenantId}) LIMIT 1`;
  const [place] = await db<{ base: string; document: string; connection: string; cursor: string }[]>`
    SELECT d.knowledge_base_id AS base, d.id AS document, (SELECT id FROM connections WHERE tenant_id = ${tenantId} LIMIT 1) AS connection,
      (SELECT (extract(epoch FROM stored_at) * 1000000)::bigint || '.' || id FROM events WHERE tenant_id = ${tenantId}
        ORDER BY stored_at OFFSET 1000 LIMIT 1) AS cursor
    FROM documents d WHERE d.tenant_id = ${tenantId} LIMIT 1`;
  if (!middle || !place) throw new Error("The big tenant is empty.");
  return {
    Overview: "/overview",
    "Analytics, 7 days": "/analytics",
    "Analytics, 90 days": "/analytics?range=90d",
    Integrations: "/integrations",
    "One connection": `/integrations/${place.connection}`,
    "Its activity": `/integrations/${place.connection}/activity`,
    "Queue Mapping": "/middleware/queues",
    Knowledge: "/knowledge",
    "One base": `/knowledge/${place.base}`,
    "One document": `/knowledge/${place.base}/documents/${place.document}`,
    Models: "/models",
    "Service Health": "/health",
    "Service Health, 30 days": "/health?range=30d",
    Events: "/events",
    "Events, the oldest page": `/events?after=${place.cursor}`,
    "Events, errors": "/events?errors=only",
    "One event": `/events?event=${middle.event}`,
    Conversations: "/conversations",
    "Conversations of one agent": `/conversations?agent=${middle.agent}`,
    "Conversations with dead events": "/conversations?dead=with&feedback=with",
    "Conversations, searched": "/conversations?q=alvarez",
    "One conversation": `/conversations/${middle.conversation}`,
    Settings: "/settings/members",
    "Audit log": "/settings/audit",
  };
}

async function measure(context: BrowserContext, name: string, url: string) {
  const times: number[] = [];
  // The first answer compiles and warms; it is not counted.
  const first = await context.request.get(url, { timeout: 120_000 });
  await first.body();
  proxy.take();
  let statements = 0;
  let bytes = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const from = performance.now();
    const response = await context.request.get(url, { timeout: 120_000 });
    bytes = (await response.body()).byteLength;
    times.push(performance.now() - from);
    statements += proxy.take();
  }
  const paints: number[] = [];
  for (let time = 0; time < PAINTS; time += 1) paints.push(await firstPaint(context, url));
  return {
    page: name,
    status: first.status(),
    queries: round(statements / TIMES, 1),
    "p50 ms": round(percentile(times, 0.5)),
    "p95 ms": round(percentile(times, 0.95)),
    KB: round(bytes / 1_024),
    "FCP ms": round(percentile(paints, 0.5)),
  };
}

async function firstPaint(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  try {
    await page.goto(url, { timeout: 120_000 });
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    return await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    );
  } finally {
    await page.close();
  }
}
