import type { BroughtSession } from "#/lib/connectors/widget-provider.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

export type SessionRequest = {
  platform: PlatformId;
  connection: string;
  embedToken: string;
  conversationId: string;
  agentId?: string;
  agentName?: string;
  /** Of an agent who signed in at the platform. */
  agentSession?: string;
};

export type Session = {
  token: string;
  expiresInSeconds: number;
  realtimeUrl: string;
  conversationId: string;
  agent?: { id: string; name?: string; claimed: boolean };
  /** Brought by the page around us: each new token comes from there too, and none by renewal. */
  brought?: true;
};

/** The server said no; another try with the same token cannot help. */
export class SessionRefused extends Error {
  override readonly name = "SessionRefused";
  /** Set where the server says more than that the token is not valid. */
  readonly reason: string | undefined;

  constructor(message: string, reason?: string) {
    super(message);
    this.reason = reason;
  }
}

export async function openSession(request: SessionRequest): Promise<Session> {
  return post("/api/widget/session", { body: JSON.stringify(request) });
}

async function renewSession(token: string): Promise<Pick<Session, "token" | "expiresInSeconds">> {
  return post("/api/widget/renew", { headers: { authorization: `Bearer ${token}` } });
}

/** Of a provider that has its own way to a token; what another try cannot mend is the server's "no". */
export async function broughtSession(open: Promise<BroughtSession>): Promise<Session> {
  const session = await open.catch((error: unknown) => {
    if (isAppError(error) && !error.retryable) throw new SessionRefused("not brought", error.message);
    throw error;
  });
  return { ...session, brought: true };
}

/** Asks our own server, without a cookie. */
export async function post<T>(
  address: string,
  init: { body?: string; headers?: Record<string, string> },
): Promise<T> {
  const headers = { "content-type": "application/json", ...init.headers };
  const response = await fetch(address, {
    ...init,
    headers,
    method: "POST",
    credentials: "omit",
    cache: "no-store",
  });
  if (response.ok) return response.json() as Promise<T>;
  if ([401, 403, 404, 422].includes(response.status))
    throw new SessionRefused(`status ${response.status}`, await reasonIn(response));
  throw new Error(`status ${response.status}`);
}

async function reasonIn(response: Response): Promise<string | undefined> {
  if (response.status === 401) return undefined;
  const body: unknown = await response.json().catch(() => undefined);
  const message = (body as { error?: { message?: unknown } } | undefined)?.error?.message;
  return typeof message === "string" ? message : undefined;
}

export type TokenKeeper = {
  /** A token with life left in it; renews or exchanges anew as needed. Throws `SessionRefused` when both are refused. */
  current(): Promise<string>;
  /** A renewed token, and how long to wait before the next renewal. */
  renewed(): Promise<{ token: string; nextInMs: number }>;
  nextRenewalInMs(): number;
};

/** Renewed when 60 % of its life is over: a slow network has two minutes left to try again. */
const RENEW_AT = 0.6;

/** Keeps a token fresh, in memory only. The embed token stays here too, for a laptop that slept past its end. */
export function createTokenKeeper(first: Session, reopen: () => Promise<Session>): TokenKeeper {
  let held = { token: first.token, lifeMs: first.expiresInSeconds * 1000, since: Date.now() };
  const hold = (session: Pick<Session, "token" | "expiresInSeconds">) => {
    held = { token: session.token, lifeMs: session.expiresInSeconds * 1000, since: Date.now() };
  };
  const nextRenewalInMs = () => Math.max(0, held.since + held.lifeMs * RENEW_AT - Date.now());
  const renew = async () => {
    const expired = Date.now() > held.since + held.lifeMs;
    try {
      hold(expired || first.brought ? await reopen() : await renewSession(held.token));
    } catch (error) {
      if (expired || !(error instanceof SessionRefused)) throw error;
      hold(await reopen());
    }
  };
  return {
    nextRenewalInMs,
    current: async () => {
      if (nextRenewalInMs() === 0) await renew();
      return held.token;
    },
    renewed: async () => {
      await renew();
      return { token: held.token, nextInMs: nextRenewalInMs() };
    },
  };
}
