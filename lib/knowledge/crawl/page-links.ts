import { load } from "cheerio";
import { isInScope, mayHoldText, type SiteScope, siteUrl } from "./site-scope.ts";

const MOST_LINKS = 500;

export type PageLinks = {
  links: string[];
  /** The address under which the page wants to be known, if it is another of the same site. */
  canonical: string | undefined;
};

/** Where a page of the site leads inside the site; what it asks not to be followed is left. */
export function pageLinks(html: string, url: string, scope: SiteScope): PageLinks {
  const $ = load(html);
  const base = URL.parse($("base[href]").attr("href") ?? "", url)?.href ?? url;
  const inSite = (address: string | undefined) => {
    const known = address === undefined ? undefined : siteUrl(address, base);
    return known && isInScope(scope, known) && mayHoldText(known) ? known : undefined;
  };
  const canonical = inSite($("link[rel=canonical]").attr("href"));
  const follows = !/nofollow|none/i.test($("meta[name=robots]").attr("content") ?? "");
  const anchors = follows ? $("a[href]").not("[rel~=nofollow],[download]").toArray() : [];
  const links = new Set(anchors.flatMap((anchor) => inSite($(anchor).attr("href")) ?? []));
  links.delete(url);
  return { links: [...links].slice(0, MOST_LINKS), canonical: canonical === url ? undefined : canonical };
}
