import postgres from "postgres";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { indexDocument } from "../index-document.ts";
import { createBase } from "../save-base.ts";
import { aPage, aSite, type TestSite } from "../testing/a-site.ts";
import { type CrawlDeps, crawlSite } from "./crawl-site.ts";
import { listSitePages, listSites, readSite } from "./read-sites.ts";
import { addSite, cancelSite, deleteSite, runSite } from "./save-site.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 3 });
afterAll(() => Promise.all([close(), owner.end()]));

const embedder = {
  model: "of the test",
  dimensions: 2,
  embed: async (texts: readonly string[]) => texts.map(() => Float32Array.of(1, 0)),
  close: async () => {},
};

let actor: Actor;
let baseId: string;
let site: TestSite;
let deps: CrawlDeps;
const running = new AbortController();

beforeEach(async () => {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  actor = { tenantId: tenant?.id, userId: crypto.randomUUID() };
  baseId = await createBase(db, actor, "Help centre");
  site = await aSite({
    "/robots.txt": { body: "User-agent: *\nDisallow: /help/secret\n", type: "text/plain" },
    "/help/": aPage("Help", "Where to find answers.", ["refunds", "secret", "/shop", "#top", "logo.png"]),
    "/help/refunds": aPage("Refunds", "A refund takes five days.", ["/help/", "cards?utm_source=mail"]),
    "/help/cards": aPage("Cards", "A card refund takes ten days."),
    "/help/secret": aPage("Secret", "Not for robots."),
    "/shop": aPage("Shop", "Outside of the help centre."),
    "/sitemap.xml": { body: "", type: "application/xml" },
  });
  const outbound = createOutbound({ allowedHosts: site.host });
  deps = { db, outbound, pause: async () => {} };
});
afterEach(() => site.close());

const LIMITS = { mostPages: 50, mostDepth: 5, schedule: "daily" as const };
const add = (limits: Partial<typeof LIMITS> = {}) =>
  addSite(db, actor, baseId, {
    startUrl: `${site.origin}/help/`,
    pathPrefix: "/help/",
    ...LIMITS,
    ...limits,
  });
const crawl = (siteId: string, signal = running.signal) =>
  crawlSite(deps, { tenantId: actor.tenantId, siteId }, signal);
const lastRun = async (siteId: string) => (await readSite(db, actor.tenantId, siteId))?.site.lastRun;
const pagesOf = async (siteId: string) => {
  const { rows } = await listSitePages(db, actor.tenantId, { siteId, outcomes: [], after: undefined });
  return Object.fromEntries(rows.map((row) => [new URL(row.url).pathname, row]));
};
const documents = () =>
  owner`select id, origin, state, cause from documents where knowledge_base_id = ${baseId} order by origin`;
const indexAll = async () => {
  for (const { id } of await documents())
    await indexDocument({ db, embedder }, { tenantId: actor.tenantId, documentId: id });
};

test("a site is read inside its path, by its links, and as robots.txt allows", async () => {
  const siteId = await add();
  expect(await crawl(siteId)).toBe("finished");
  expect(await lastRun(siteId)).toMatchObject({ outcome: "finished", added: 3, skipped: 1, failed: 0 });
  expect((await documents()).map(({ origin }) => origin.slice(site.origin.length))).toEqual([
    "/help/",
    "/help/cards",
    "/help/refunds",
  ]);
  expect((await pagesOf(siteId))["/help/secret"]?.cause).toContain("robots.txt does not allow");
  expect(site.asked.map(({ path }) => path)).not.toContain("/help/secret");
  expect(site.asked.every(({ agent }) => agent === "OmniBots-Agent-Assist")).toBe(true);
  const [view] = await listSites(db, actor.tenantId, baseId);
  expect(view).toMatchObject({ state: "idle", documents: 3, waiting: 0 });
  expect(view?.nextRunAt).toBeInstanceOf(Date);
});

test("a second run tells what was added, changed and gone, and asks only for what changed", async () => {
  const siteId = await add();
  await crawl(siteId);
  await indexAll();
  site.pages.set("/help/refunds", aPage("Refunds", "A refund takes three days.", ["/help/", "new"]));
  site.pages.set("/help/new", aPage("New", "Something new."));
  site.pages.delete("/help/cards");
  await runSite(db, actor, siteId);
  site.asked.length = 0;
  expect(await crawl(siteId)).toBe("finished");
  expect(await lastRun(siteId)).toMatchObject({ added: 1, changed: 1, gone: 1, unchanged: 1 });
  expect(site.asked.find(({ path }) => path === "/help/")?.etag).toBeDefined();
  const gone = (await documents()).find(({ origin }) => origin.endsWith("/cards"));
  expect(gone).toMatchObject({ state: "gone", cause: expect.stringContaining("The site answered 404.") });
  expect(await owner`select 1 from chunks where document_id = ${gone?.id}`).toHaveLength(0);
});

test("a page that comes back is found again", async () => {
  const siteId = await add();
  await crawl(siteId);
  const cards = site.pages.get("/help/cards");
  site.pages.delete("/help/cards");
  await runSite(db, actor, siteId);
  await crawl(siteId);
  if (cards) site.pages.set("/help/cards", cards);
  await runSite(db, actor, siteId);
  await crawl(siteId);
  expect(await lastRun(siteId)).toMatchObject({ changed: 1, gone: 0 });
  expect((await documents()).map(({ state }) => state)).toEqual(["queued", "queued", "queued"]);
});

test("a site map names pages that nothing links to", async () => {
  site.pages.set("/help/hidden", aPage("Hidden", "Only the site map knows."));
  const map = ["/help/hidden", "/shop"].map((path) => `<url><loc>${site.origin}${path}</loc></url>`).join("");
  site.pages.set("/sitemap.xml", { body: `<urlset>${map}</urlset>`, type: "application/xml" });
  const siteId = await add();
  await crawl(siteId);
  expect((await pagesOf(siteId))["/help/hidden"]?.outcome).toBe("added");
  expect((await pagesOf(siteId))["/shop"]).toBeUndefined();
});

test("a run that was killed goes on at the next page, and who was taken for dead changes nothing", async () => {
  const siteId = await add();
  const dying = new AbortController();
  let pauses = 0;
  const dies: CrawlDeps = { ...deps, pause: async () => void (++pauses === 2 && dying.abort()) };
  expect(await crawlSite(dies, { tenantId: actor.tenantId, siteId }, dying.signal)).toBe("left");
  expect(await lastRun(siteId)).toMatchObject({ pages: 1, outcome: null });
  const [due] = await owner`select * from across.due_sites(5, 30)`;
  expect(due?.site_id).toBe(siteId);
  expect(await crawl(siteId)).toBe("finished");
  expect(await lastRun(siteId)).toMatchObject({ pages: 4, added: 3 });
  expect(site.asked.filter(({ path }) => path === "/help/")).toHaveLength(1);
});

test("a page that is too deep or one too many is left", async () => {
  const shallow = await add({ mostDepth: 0 });
  await crawl(shallow);
  expect(await lastRun(shallow)).toMatchObject({ pages: 1 });
  await deleteSite(db, actor, shallow);
  const few = await add({ mostPages: 2 });
  await crawl(few);
  expect(await lastRun(few)).toMatchObject({ pages: 2 });
});

test("a redirect out of the site or to a private address is not followed", async () => {
  site.pages.set("/help/refunds", { to: "http://10.0.0.1/secret" });
  site.pages.set("/help/cards", { to: "/shop" });
  site.pages.set("/help/", aPage("Help", "Answers.", ["refunds", "cards"]));
  const siteId = await add();
  await crawl(siteId);
  const pages = await pagesOf(siteId);
  expect(pages["/help/refunds"]?.cause).toBe("It redirects out of the site, to 10.0.0.1.");
  expect(pages["/help/cards"]?.outcome).toBe("skipped");
});

test("a private site is refused without a word sent to it", async () => {
  const siteId = await add();
  const closed = { ...deps, outbound: createOutbound({ allowedHosts: "" }) };
  for (let attempt = 0; attempt < 3; attempt++)
    await crawlSite(closed, { tenantId: actor.tenantId, siteId }, running.signal);
  expect(await lastRun(siteId)).toMatchObject({
    outcome: "failed",
    cause: expect.stringContaining("not a public address"),
  });
  expect(site.asked).toHaveLength(0);
});

test("a page that fails says why, keeps its document, and the others go on", async () => {
  const siteId = await add();
  await crawl(siteId);
  site.pages.set("/help/refunds", { status: 503 });
  await runSite(db, actor, siteId);
  await crawl(siteId);
  expect(await lastRun(siteId)).toMatchObject({ failed: 1, unchanged: 2, gone: 0 });
  expect((await pagesOf(siteId))["/help/refunds"]?.cause).toBe("The site answered 503.");
  expect((await documents()).map(({ state }) => state)).not.toContain("gone");
});

test("a run that is cancelled stops at once and says so", async () => {
  const siteId = await add();
  deps.pause = async () => void (await cancelSite(db, actor, siteId));
  expect(await crawl(siteId)).toBe("cancelled");
  expect(await lastRun(siteId)).toMatchObject({ outcome: "cancelled" });
  expect((await lastRun(siteId))?.pages ?? 0).toBeLessThanOrEqual(1);
});
