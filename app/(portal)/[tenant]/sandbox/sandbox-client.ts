import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { webEnv } from "#/lib/web/web-env.ts";

const TIMEOUT_MS = 10_000;

const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

type Ask = {
  path: string;
  method?: "GET" | "POST";
  json?: object;
  bytes?: Uint8Array;
  /** Of one platform's simulator; the sandbox's own host page without it. */
  origin?: string;
};

/** Asks the sandbox process, server to server; what it refuses comes back in its own words. */
export async function askSandbox<S extends z.ZodType>(ask: Ask, answer: S): Promise<z.output<S>> {
  const { SANDBOX_URL, SANDBOX_TOKEN } = webEnv();
  const body = ask.json ? JSON.stringify(ask.json) : ask.bytes && new Uint8Array(ask.bytes);
  const origin = ask.origin ?? SANDBOX_URL;
  const response = await fetch(new URL(ask.path, origin), {
    method: ask.method ?? "POST",
    headers: { authorization: `Bearer ${SANDBOX_TOKEN}` },
    body,
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    const words = `The sandbox does not answer at ${origin}. Start it (npm start does), then try again.`;
    throw new AppError("upstream_unavailable", words, { cause });
  });
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const parsed = answer.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new AppError("upstream_rejected", "The sandbox answered something else than was expected.");
  }
  const refusal = refusalSchema.safeParse(json);
  const message = refusal.success ? refusal.data.error.message : `The sandbox answered ${response.status}.`;
  throw new AppError(response.status === 404 ? "not_found" : "upstream_rejected", message);
}
