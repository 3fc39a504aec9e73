import { gunzipSync } from "node:zlib";
import { load } from "cheerio";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import { readUpTo, USER_AGENT } from "./fetch-page.ts";
import { isInScope, mayHoldText, type SiteScope, siteUrl } from "./site-scope.ts";

const MOST_BYTES = 10_000_000;
const MOST_UNPACKED_BYTES = 50_000_000;
const MOST_MAPS = 10;
const TIMEOUT_MS = 15_000;

type Wanted = { scope: SiteScope; siteMaps: readonly string[]; most: number };

/** Addresses of the site that its site maps name; none where there is no map or none that can be read. */
export async function readSiteMaps(outbound: Outbound, { scope, siteMaps, most }: Wanted): Promise<string[]> {
  const waiting = siteMaps.length > 0 ? [...siteMaps] : [new URL("/sitemap.xml", scope.startUrl).href];
  const found = new Set<string>();
  for (let read = 0; read < MOST_MAPS && found.size < most; read++) {
    const address = waiting.shift();
    if (address === undefined) break;
    const map = parseSiteMap(await fetchMap(outbound, address));
    waiting.push(...map.maps);
    for (const each of map.pages) {
      const url = siteUrl(each, address);
      if (url && found.size < most && isInScope(scope, url) && mayHoldText(url)) found.add(url);
    }
  }
  return [...found];
}

export function parseSiteMap(xml: string): { maps: string[]; pages: string[] } {
  const $ = load(xml, { xml: true });
  const textsOf = (selector: string) =>
    $(selector)
      .toArray()
      .map((element) => $(element).text().trim());
  return { maps: textsOf("sitemapindex > sitemap > loc"), pages: textsOf("urlset > url > loc") };
}

async function fetchMap(outbound: Outbound, address: string): Promise<string> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await outbound.fetch(address, { signal, headers: { "user-agent": USER_AGENT } });
    const body = response.ok ? await readUpTo(response, MOST_BYTES) : undefined;
    if (!response.ok) await response.body?.cancel();
    if (!body) return "";
    const isPacked = body[0] === 0x1f && body[1] === 0x8b;
    return new TextDecoder().decode(
      isPacked ? gunzipSync(body, { maxOutputLength: MOST_UNPACKED_BYTES }) : body,
    );
  } catch {
    // A map is a help, not a need: without it the links lead on.
    return "";
  }
}
