import { isAppError } from "#/lib/kernel/app-error.ts";
import { addDocument } from "../add-document.ts";
import { markGone } from "../change-documents.ts";
import { decodeText } from "../reading/decode-text.ts";
import type { CrawlDeps } from "./crawl-site.ts";
import { type Fetched, fetchPage } from "./fetch-page.ts";
import { pageLinks } from "./page-links.ts";
import type { Robots } from "./read-robots.ts";
import {
  type HeldSite,
  notePages,
  type PageEnd,
  type PageRow,
  settlePage,
  whileHeld,
} from "./site-record.ts";
import { isInScope, siteUrl } from "./site-scope.ts";

type Visit = { page: PageRow; robots: Robots; signal: AbortSignal };
type Page = Extract<Fetched, { outcome: "page" }>;
type Settled = { end: PageEnd; links: readonly string[] };

/** Fetches one page of the run, stores what changed and notes the outcome and where it leads. */
export async function visitPage(deps: CrawlDeps, site: HeldSite, visit: Visit): Promise<void> {
  const { page } = visit;
  const settled = await settle(deps, site, visit);
  await whileHeld(deps.db, site, async (tx) => {
    if (settled.end.outcome === "gone" && page.documentId) {
      await markGone(
        tx,
        page.documentId,
        `${settled.end.cause ?? "The site has it no more."} It is no longer suggested.`,
      );
    }
    await settlePage(tx, site, page, settled.end);
    const depth = page.depth + 1;
    if (depth > site.mostDepth) return;
    await notePages(
      tx,
      site,
      settled.links.map((url) => ({ url, depth, foundOn: page.url })),
    );
  });
}

async function settle(deps: CrawlDeps, site: HeldSite, { page, robots, signal }: Visit): Promise<Settled> {
  if (!robots.allows(page.url)) return refused(page, "The site's robots.txt does not allow this page.");
  const known = page.documentId ? page : { etag: null, lastModified: null };
  const mayFollow = (next: string) => whyNot(site, robots, next);
  const fetched = await fetchPage({ outbound: deps.outbound, mayFollow, signal }, page.url, known);
  switch (fetched.outcome) {
    case "page":
      return takePage(deps, site, { page, fetched });
    case "unchanged":
      return { end: { outcome: "unchanged", status: fetched.status }, links: page.links };
    case "skipped":
      return refused(page, fetched.cause, fetched.status);
    case "gone":
      return refused(page, fetched.cause, fetched.status);
    case "failed":
      return { end: { outcome: "failed", cause: fetched.cause, status: fetched.status }, links: page.links };
  }
}

/** What may no longer be read is gone, if it was read before. */
function refused(page: PageRow, cause: string, status?: number): Settled {
  const outcome = page.documentId ? "gone" : "skipped";
  return { end: { outcome, cause, status, etag: null, lastModified: null, documentId: null }, links: [] };
}

function whyNot(site: HeldSite, robots: Robots, address: string): string | undefined {
  if (!isInScope(site, address)) return `It redirects out of the site, to ${new URL(address).host}.`;
  return robots.allows(address) ? undefined : "It redirects to a page that robots.txt does not allow.";
}

async function takePage(
  { db }: CrawlDeps,
  site: HeldSite,
  { page, fetched }: { page: PageRow; fetched: Page },
): Promise<Settled> {
  const { content, mediaType, status, etag, lastModified } = fetched;
  const address = siteUrl(fetched.url) ?? fetched.url;
  const { links, canonical } = linksOf(site, fetched, address);
  const other = canonical ?? address;
  if (other !== page.url) {
    // It is another page by its own word, and is visited as that one.
    return { ...refused(page, `It is the same page as ${other}.`, status), links: [other, ...links] };
  }
  const end = { status, etag, lastModified, links };
  try {
    const document = { source: "web" as const, origin: page.url, mediaType, content, siteId: site.id };
    const author = { tenantId: site.tenantId, siteId: site.id };
    const added = await addDocument(db, author, site.knowledgeBaseId, document);
    if (added.outcome === "duplicate")
      return { ...refused(page, `Same content as ${added.of}.`, status), links };
    const { documentId } = added;
    if (added.outcome === "unchanged") return { end: { ...end, outcome: "unchanged", documentId }, links };
    const outcome = added.outcome === "added" ? "added" : "changed";
    return { end: { ...end, outcome, documentId }, links };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return {
      end: { ...end, etag: null, lastModified: null, outcome: "failed", cause: error.message },
      links,
    };
  }
}

function linksOf(site: HeldSite, { content, mediaType }: Page, address: string) {
  if (!mediaType.includes("html")) return { links: [], canonical: undefined };
  try {
    return pageLinks(decodeText(content, mediaType), address, site);
  } catch {
    // What cannot be decoded leads nowhere; the document itself says why when it is read.
    return { links: [], canonical: undefined };
  }
}
