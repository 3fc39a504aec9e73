import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { Agent, fetch as undiciFetch } from "undici";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import {
  isAllowedHost,
  isPublicAddress,
  notAllowed,
  parseAllowedHosts,
  parseOutboundUrl,
} from "./address-rules.ts";

export type Resolved = { address: string; family: number };

/** The one way out to an address that a tenant can influence. */
export type Outbound = {
  /** Fails like `fetch`, or with `invalid_input` where the address may not be opened. Follows no redirect. */
  fetch(address: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Only asks whether the address may be opened; throws `invalid_input` or `upstream_unavailable` with the reason. */
  check(address: string | URL): Promise<void>;
  /** Where a socket to the address may go, looked up once; throws like `check`. In the clear only to allowed hosts. */
  addresses(address: URL): Promise<Resolved[]>;
  close(): Promise<void>;
};

type OutboundOptions = {
  /** `OUTBOUND_ALLOWED_HOSTS`. */
  allowedHosts: string;
  resolve?: (host: string) => Promise<Resolved[]>;
};

const CONNECT_TIMEOUT_MS = 8_000;

/**
 * Every name is resolved once, each of its addresses must be public, and the socket goes to the very
 * address that was looked at, so that a name cannot point elsewhere between the look and the call.
 */
export function createOutbound({ allowedHosts, resolve = resolveAll }: OutboundOptions): Outbound {
  const allowed = parseAllowedHosts(allowedHosts);

  const publicAddresses = async (host: string) => {
    const found = await resolve(host).catch(unresolved(host));
    if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) throw notAllowed(host);
    return found;
  };

  const guarded = new Agent({
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      lookup: (host, options, done) => {
        publicAddresses(host).then(
          (found) => {
            const [first] = found;
            if (options.all) done(null, found);
            else done(null, first?.address ?? "", first?.family ?? 4);
          },
          (error: NodeJS.ErrnoException) => done(error, []),
        );
      },
    },
  });
  const open = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });

  const admit = (address: string | URL) => {
    const url = parseOutboundUrl(address);
    const free = isAllowedHost(url, allowed);
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    if (!free && isIP(literal) !== 0 && !isPublicAddress(literal)) throw notAllowed(url.hostname);
    return { url, free, literal };
  };

  return {
    fetch: async (address, init) => {
      const { url, free } = admit(address instanceof Request ? address.url : address);
      const request = address instanceof Request ? await requestInit(address) : {};
      try {
        const options = { ...request, ...init, redirect: "manual", dispatcher: free ? open : guarded };
        // undici's own fetch takes the dispatcher; its types are not the global ones, its objects are.
        return (await undiciFetch(url, options as never)) as unknown as Response;
      } catch (error) {
        throw causeOf(error);
      }
    },
    check: async (address) => {
      const { free, literal } = admit(address);
      if (!free && isIP(literal) === 0) await publicAddresses(literal);
    },
    addresses: async (address) => {
      const secure = address.protocol === "wss:" || address.protocol === "https:";
      const { free, literal } = admit(`${secure ? "https" : "http"}://${address.host}`);
      if (!free && !secure)
        throw new AppError("invalid_input", "The address must begin with https:// or wss://.");
      const family = isIP(literal);
      if (family !== 0) return [{ address: literal, family }];
      return free ? resolve(literal).catch(unresolved(literal)) : publicAddresses(literal);
    },
    close: async () => {
      await Promise.all([guarded.close(), open.close()]);
    },
  };
}

const unresolved = (host: string) => (cause: unknown) => {
  throw new AppError("upstream_unavailable", `The name ${host} cannot be resolved.`, { cause });
};

async function requestInit(request: Request): Promise<RequestInit> {
  const body = request.body ? await request.arrayBuffer() : undefined;
  return { method: request.method, headers: request.headers, signal: request.signal, ...(body && { body }) };
}

/** `fetch` hides what the look-up refused one or two causes deep; the refusal is what a person needs. */
function causeOf(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (isAppError(cause)) return cause;
  return error;
}

function resolveAll(host: string): Promise<Resolved[]> {
  return systemLookup(host, { all: true, verbatim: true });
}
