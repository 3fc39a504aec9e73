import * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";

const TIMEOUT_MS = 20_000;
const tokenSchema = z.object({ access_token: z.string().min(1) });

/** Whether the platform takes a consumer key; its address is a setting, since no document confirms it. */
export async function tryConsumerKey(
  tokenUrl: string,
  { key, secret }: { key: string; secret: string },
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<void> {
  const { host } = new URL(tokenUrl);
  const response = await access
    .fetch(tokenUrl, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${key}:${secret}`, "utf8").toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    .catch((cause: unknown) => {
      if (isAppError(cause)) throw cause;
      throw new AppError("upstream_unavailable", `${host} cannot be reached.`, { cause });
    });
  const token = tokenSchema.safeParse(await response.json().catch(() => undefined));
  if (response.ok && token.success) return;
  throw new AppError(
    response.status >= 500 ? "upstream_unavailable" : "upstream_rejected",
    `${host} gives no token for this key (${response.status}).`,
    { context: { status: String(response.status) } },
  );
}
