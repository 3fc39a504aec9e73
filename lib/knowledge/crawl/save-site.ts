import { and, eq, sql } from "drizzle-orm";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { siteRuns } from "#/drizzle/schema/site-runs.ts";
import { sites } from "#/drizzle/schema/sites.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { bumpBase } from "../store-passages.ts";
import type { SiteForm } from "./site-form.ts";
import { nextRunAfter } from "./site-schedule.ts";

/** Adds a site and has its first run begin. */
export function addSite(db: Database, actor: Actor, baseId: string, form: SiteForm): Promise<string> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [base] = await tx
      .select({ id: knowledgeBases.id })
      .from(knowledgeBases)
      .where(eq(knowledgeBases.id, baseId));
    if (!base) throw new AppError("not_found", "This knowledge base does not exist any more.");
    const [added] = await tx
      .insert(sites)
      .values({ ...form, tenantId: actor.tenantId, knowledgeBaseId: baseId })
      .onConflictDoNothing()
      .returning({ id: sites.id });
    if (!added) throw new AppError("conflict", "A site with this start address is in this base already.");
    await audit(tx, actor, { action: "site.added", target: added.id, detail: { startUrl: form.startUrl } });
    await begin(tx, actor.tenantId, added.id);
    return added.id;
  });
}

export type SiteSettings = Pick<SiteForm, "mostPages" | "mostDepth" | "schedule">;

export function saveSite(db: Database, actor: Actor, siteId: string, settings: SiteSettings): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const nextRunAt = nextRunAfter(settings.schedule, new Date());
    const [saved] = await tx
      .update(sites)
      .set({ ...settings, nextRunAt })
      .where(eq(sites.id, siteId))
      .returning({ startUrl: sites.startUrl });
    if (!saved) throw missing();
    const detail = { startUrl: saved.startUrl, schedule: settings.schedule };
    await audit(tx, actor, { action: "site.changed", target: siteId, detail });
  });
}

export function runSite(db: Database, actor: Actor, siteId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await begin(tx, actor.tenantId, siteId);
    await audit(tx, actor, { action: "site.run", target: siteId });
  });
}

/** Nothing that was found is taken back; the next run begins anew. */
export function cancelSite(db: Database, actor: Actor, siteId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [asked] = await tx
      .update(sites)
      // Whoever works on it sees the wish at its next step; one that only pauses is taken up at once to end it.
      .set({
        cancelRequested: true,
        claimedUntil: sql`case when ${sites.claim} is null then null else ${sites.claimedUntil} end`,
      })
      .where(and(eq(sites.id, siteId), sql`${sites.state} <> 'idle'`))
      .returning({ id: sites.id });
    if (!asked) throw new AppError("conflict", "No crawl of this site is under way.");
    await audit(tx, actor, { action: "site.cancelled", target: siteId });
  });
}

/** Takes a site away, with its documents and their passages. */
export function deleteSite(db: Database, actor: Actor, siteId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [gone] = await tx
      .delete(sites)
      .where(eq(sites.id, siteId))
      .returning({ baseId: sites.knowledgeBaseId, startUrl: sites.startUrl });
    if (!gone) throw missing();
    await bumpBase(tx, gone.baseId);
    await audit(tx, actor, { action: "site.deleted", target: siteId, detail: { startUrl: gone.startUrl } });
  });
}

async function begin(tx: TenantTransaction, tenantId: string, siteId: string): Promise<void> {
  const [site] = await tx
    .update(sites)
    .set({
      state: "queued",
      run: sql`${sites.run} + 1`,
      attempts: 0,
      cause: null,
      cancelRequested: false,
      claimedUntil: null,
    })
    .where(and(eq(sites.id, siteId), eq(sites.state, "idle")))
    .returning({ run: sites.run });
  if (!site) throw new AppError("conflict", "A crawl of this site is under way already.");
  await tx.insert(siteRuns).values({ tenantId, siteId, number: site.run, reason: "asked" });
}

function missing(): AppError {
  return new AppError("not_found", "This site does not exist any more.");
}
