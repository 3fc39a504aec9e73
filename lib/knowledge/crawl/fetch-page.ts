import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import { MAX_UPLOAD_BYTES, UPLOAD_LIMIT } from "../knowledge-form.ts";

export const USER_AGENT = "OmniBots-Agent-Assist";

const MOST_REDIRECTS = 4;
const TIMEOUT_MS = 20_000;
const ACCEPTED =
  "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf;q=0.9, */*;q=0.1";
const READABLE =
  /^(?:text\/(?:html|plain|markdown)|application\/(?:xhtml\+xml|pdf|vnd\.openxmlformats-officedocument\.wordprocessingml\.document))\b/;

/** What is known of a page from the time before; it is sent again only if it changed. */
export type Known = { etag: string | null; lastModified: string | null };

export type Fetched =
  | {
      outcome: "page";
      url: string;
      status: number;
      mediaType: string;
      content: Uint8Array;
      etag: string | null;
      lastModified: string | null;
    }
  | { outcome: "unchanged"; status: number }
  | { outcome: "gone"; status: number; cause: string }
  /** It is there, and is none of ours: of another kind, or elsewhere. */
  | { outcome: "skipped"; status: number | undefined; cause: string }
  | { outcome: "failed"; status: number | undefined; cause: string };

type FetchDeps = {
  outbound: Outbound;
  /** Asked before each redirect is followed. */
  mayFollow: (url: string) => string | undefined;
  signal: AbortSignal;
};

/** Fetches one page through the outbound guard; every way it can end is a value. */
export async function fetchPage(deps: FetchDeps, address: string, known: Known): Promise<Fetched> {
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return await follow({ ...deps, signal }, address, known);
  } catch (error) {
    const words = signal.aborted ? "did not answer in time" : "cannot be reached";
    const cause = isAppError(error) ? error.message : `${new URL(address).host} ${words}.`;
    return { outcome: "failed", status: undefined, cause };
  }
}

/** The guard sees each redirect anew, and so does the site's own scope. */
async function follow(
  { outbound, mayFollow, signal }: FetchDeps,
  address: string,
  known: Known,
): Promise<Fetched> {
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const headers = headersFor(hops === 0 ? known : NOTHING);
    const response = await outbound.fetch(url, { signal, headers });
    const location = isRedirect(response.status) ? response.headers.get("location") : null;
    if (location === null) return readAnswer(response, url);
    await response.body?.cancel();
    const next = URL.parse(location, url)?.href;
    if (next === undefined) return skipped(response.status, "It redirects to no address.");
    const refused = mayFollow(next);
    if (refused !== undefined) return skipped(response.status, refused);
    url = next;
  }
  return skipped(undefined, "It redirects in circles.");
}

const NOTHING: Known = { etag: null, lastModified: null };
const isRedirect = (status: number) => status >= 300 && status < 400 && status !== 304;
const skipped = (status: number | undefined, cause: string): Fetched => ({
  outcome: "skipped",
  status,
  cause,
});

function headersFor({ etag, lastModified }: Known): Record<string, string> {
  return {
    accept: ACCEPTED,
    "user-agent": USER_AGENT,
    ...(etag !== null && { "if-none-match": etag }),
    ...(lastModified !== null && { "if-modified-since": lastModified }),
  };
}

async function readAnswer(response: Response, url: string): Promise<Fetched> {
  const { status, headers } = response;
  const mediaType = headers.get("content-type")?.toLowerCase() ?? "text/html";
  if (status === 200 && READABLE.test(mediaType)) {
    const content = await readUpTo(response, MAX_UPLOAD_BYTES);
    if (!content) return skipped(status, `It is larger than ${UPLOAD_LIMIT}.`);
    const seen = { etag: headers.get("etag"), lastModified: headers.get("last-modified") };
    return { outcome: "page", url, status, mediaType, content, ...seen };
  }
  await response.body?.cancel();
  if (status === 304) return { outcome: "unchanged", status };
  if (status === 404 || status === 410)
    return { outcome: "gone", status, cause: `The site answered ${status}.` };
  if (status === 200)
    return skipped(status, `It is ${mediaType.split(";")[0]}, which holds no text to read.`);
  return { outcome: "failed", status, cause: `The site answered ${status}.` };
}

/** The whole body, or undefined past the limit, whatever the length header claimed. */
export async function readUpTo(response: Response, limitBytes: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > limitBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
