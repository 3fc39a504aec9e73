import { AppError } from "#/lib/kernel/app-error.ts";
import type { Outbound } from "./outbound.ts";

const MOST_REDIRECTS = 4;
const TIMEOUT_MS = 20_000;

export type Page = { url: string; mediaType: string; content: Uint8Array };

/** Fetches one page; each redirect passes the guard anew. Throws with a sentence that says what went wrong. */
export async function readPage(outbound: Outbound, address: string, limitBytes: number): Promise<Page> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let url = new URL(address);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const response = await get(outbound, url, signal);
    const location =
      response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    if (location === null) return readResponse(response, url, limitBytes);
    await response.body?.cancel();
    if (!URL.canParse(location, url))
      throw new AppError("upstream_rejected", "The page redirects to no address.");
    url = new URL(location, url);
  }
  throw new AppError("upstream_rejected", "The page redirects in circles.");
}

async function get(outbound: Outbound, url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await outbound.fetch(url, {
      signal,
      headers: { accept: "text/html, text/markdown, text/plain;q=0.9" },
    });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = signal.aborted ? "did not answer in time" : "cannot be reached";
    throw new AppError("upstream_unavailable", `${url.host} ${reason}.`, { cause });
  }
}

async function readResponse(response: Response, url: URL, limitBytes: number): Promise<Page> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new AppError("upstream_rejected", `${url.host} answered ${response.status} for this page.`);
  }
  const mediaType = response.headers.get("content-type")?.toLowerCase() ?? "text/html";
  if (!/^(text\/|application\/xhtml)/.test(mediaType)) {
    await response.body?.cancel();
    throw new AppError("upstream_rejected", `This is ${mediaType.split(";")[0]}, not a page of text.`);
  }
  const content = await readLimited(response, limitBytes);
  return { url: url.href, mediaType, content };
}

/** Stops reading where the limit is passed, whatever the length header claimed. */
async function readLimited(response: Response, limitBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > limitBytes)
      throw new AppError("too_large", `The page is larger than ${limitBytes / 1_000_000} MB.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
