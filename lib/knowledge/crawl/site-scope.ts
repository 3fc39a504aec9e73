/** Where a crawl may go: one origin, and paths that begin so. */
export type SiteScope = { startUrl: string; pathPrefix: string };

const LONGEST_URL = 2_000;
/** What campaigns append; the page is the same without it. */
const TRACKING = /^(?:utm_\w+|gclid|fbclid|mc_[ce]id|msclkid)$/i;
/** Nothing to read behind these, so nobody asks for them. */
const NO_TEXT =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|css|m?js|json|xml|rss|atom|woff2?|ttf|mp[34]|m4a|wav|avi|mov|webm|zip|gz|tgz|tar|rar|7z|exe|dmg|pkg|iso|csv|xlsx?|pptx?)$/i;

/** The one form under which an address is known: no fragment, no tracking, or undefined where it is none. */
export function siteUrl(address: string, base?: string): string | undefined {
  const url = URL.parse(address, base);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  if (url.username !== "" || url.password !== "") return undefined;
  url.hash = "";
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href.length <= LONGEST_URL ? url.href : undefined;
}

export function isInScope({ startUrl, pathPrefix }: SiteScope, address: string): boolean {
  const url = new URL(address);
  return url.origin === new URL(startUrl).origin && url.pathname.startsWith(pathPrefix);
}

export function mayHoldText(address: string): boolean {
  return !NO_TEXT.test(new URL(address).pathname);
}

/** The folder that an address lies in: what a site is bounded by when nothing else was said. */
export function folderOf(address: string): string {
  const { pathname } = new URL(address);
  return pathname.slice(0, pathname.lastIndexOf("/") + 1);
}
