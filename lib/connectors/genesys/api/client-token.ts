import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { type Answer, exchange } from "./exchange.ts";
import type { GenesysHosts } from "./hosts.ts";

/** Asked for again before its end: five minutes, or a tenth of a life that is short. */
const EARLY_MS = 300_000;

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

type Kept = {
  secret: string;
  token?: string;
  /** From then on a new one is asked for; until `end` the old one still serves where that fails. */
  until: number;
  end: number;
  asking?: Promise<string>;
};

/** By connection, region and client; a token outlives the test, the call or the refresh that asked for it. */
export type TokenCache = Map<string, Kept>;
const PROCESS_CACHE: TokenCache = new Map();

export type ClientToken = {
  get(signal?: AbortSignal): Promise<string>;
  /** Forgets a token that the platform no longer takes. */
  refused(token: string): void;
};

export type ClientLogin = {
  hosts: GenesysHosts;
  clientId: string;
  clientSecret: string;
  access: PlatformAccess;
};

/**
 * The client's own token (contract section 2.1): kept until shortly before its end, and asked for once however
 * many want it at the same time. Another secret or another region forgets the old one.
 */
export function clientToken(login: ClientLogin, cache: TokenCache = PROCESS_CACHE): ClientToken {
  const { access, hosts, clientId, clientSecret: secret } = login;
  const key = [access.connectionId, hosts.login, clientId].join(" ");

  const entry = (): Kept => {
    const found = cache.get(key);
    if (found && found.secret === secret) return found;
    const fresh: Kept = { secret, until: 0, end: 0 };
    cache.set(key, fresh);
    return fresh;
  };

  /** Belongs to all who wait, so no single caller's signal ends it. */
  const ask = (kept: Kept): Promise<string> => {
    kept.asking ??= askForToken(login)
      .then(({ access_token, expires_in }) => {
        kept.token = access_token;
        kept.end = access.now() + expires_in * 1_000;
        kept.until = kept.end - Math.min(EARLY_MS, expires_in * 100);
        return access_token;
      })
      .finally(() => {
        delete kept.asking;
      });
    return kept.asking;
  };

  return {
    get(signal) {
      const kept = entry();
      if (kept.token && access.now() < kept.until) return Promise.resolve(kept.token);
      const fresh = ask(kept).catch((error: unknown) => {
        if (kept.token && access.now() < kept.end) return kept.token;
        throw error;
      });
      return unlessAborted(fresh, signal);
    },
    refused(token) {
      const kept = cache.get(key);
      if (kept?.token === token) delete kept.token;
    },
  };
}

async function askForToken({ hosts, clientId, clientSecret, access }: ClientLogin) {
  const answer = await exchange(access, {
    url: `${hosts.login}/oauth/token`,
    init: {
      method: "POST",
      headers: {
        accept: "application/json",
        authorization: `Basic ${base64(`${clientId}:${clientSecret}`)}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ grant_type: "client_credentials" }).toString(),
    },
    idempotent: true,
  });
  return readToken(answer);
}

/** Throws `upstream_rejected` where the login answers something else than a token. */
export function readToken({ text }: Pick<Answer, "text">): z.output<typeof tokenAnswer> {
  try {
    return tokenAnswer.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError("upstream_rejected", "The login answered something else than a token.", {
      cause,
      context: { code: "unknown.shape" },
    });
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
