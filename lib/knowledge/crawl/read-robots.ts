import robotsParser from "robots-parser";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import { readUpTo, USER_AGENT } from "./fetch-page.ts";

/** What a site says of us in its robots.txt. */
export type Robots = {
  allows(url: string): boolean;
  delayMs: number;
  siteMaps: string[];
  /** The same in words, for the page of the run. */
  words: string;
};

/** Nothing was said, or the site cannot be asked now: then nothing may be fetched either (RFC 9309). */
export type RobotsAnswer = { robots: Robots } | { unreachable: string };

const MOST_BYTES = 500_000;
const MOST_REDIRECTS = 5;
const TIMEOUT_MS = 15_000;
/** A site that says nothing is asked twice a second. */
const DEFAULT_DELAY_MS = 500;
/** One that wants a page a minute would never be done; ten seconds apart is what we wait at most. */
const LONGEST_DELAY_MS = 10_000;

export async function readRobots(outbound: Outbound, siteUrl: string): Promise<RobotsAnswer> {
  const address = new URL("/robots.txt", siteUrl).href;
  try {
    const response = await get(outbound, address);
    if (response.status >= 500 || response.status === 429) {
      await response.body?.cancel();
      return { unreachable: `Its robots.txt answered ${response.status}, so nothing was fetched.` };
    }
    const body = response.ok ? await readUpTo(response, MOST_BYTES) : undefined;
    if (!response.ok) await response.body?.cancel();
    return { robots: understood(address, body && new TextDecoder().decode(body)) };
  } catch (error) {
    const why = isAppError(error) ? error.message : `${new URL(siteUrl).host} cannot be reached.`;
    return { unreachable: why };
  }
}

/** A robots.txt may lie elsewhere (RFC 9309 names five hops); the guard sees every one. */
async function get(outbound: Outbound, address: string): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let url = address;
  for (let hops = 0; ; hops++) {
    const response = await outbound.fetch(url, { signal, headers: { "user-agent": USER_AGENT } });
    const location =
      response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    const next = location === null ? null : URL.parse(location, url);
    if (next === null || hops === MOST_REDIRECTS) return response;
    await response.body?.cancel();
    url = next.href;
  }
}

function understood(address: string, text: string | undefined): Robots {
  const rules = robotsParser(address, text ?? "");
  const wished = (rules.getCrawlDelay(USER_AGENT) ?? 0) * 1_000;
  const delayMs = wished > 0 ? Math.min(wished, LONGEST_DELAY_MS) : DEFAULT_DELAY_MS;
  const said = text === undefined ? "The site has no robots.txt" : "robots.txt was read and is followed";
  return {
    allows: (url) => rules.isAllowed(url, USER_AGENT) !== false,
    delayMs,
    siteMaps: rules.getSitemaps(),
    words: `${said}; a page every ${delayMs / 1_000} s${wished > LONGEST_DELAY_MS ? `, it asks for ${wished / 1_000} s` : ""}.`,
  };
}
