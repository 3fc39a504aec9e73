import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { AppError } from "#/lib/kernel/app-error.ts";
import {
  isAllowedHost,
  isPublicAddress,
  notAllowed,
  parseAllowedHosts,
  parseOutboundUrl,
} from "#/lib/outbound/address-rules.ts";

export type NetworkAddress = { address: string; family: number };

/** Where a connection may go: to these very addresses, so that a name cannot point elsewhere after the look at it. */
export type PinnedAddress = { url: URL; addresses: readonly NetworkAddress[] };

/** Resolves a service's address and refuses what `OUTBOUND_ALLOWED_HOSTS` does not allow; throws `AppError`. */
export type PinAddress = (address: string) => Promise<PinnedAddress>;

/**
 * The outbound guard for protocols that are not HTTP requests. In the clear only to hosts that an operator allows
 * by name: speech and a key go this way.
 */
export function pinAddresses(
  allowedHosts: string,
  resolve: (host: string) => Promise<NetworkAddress[]> = (host) => systemLookup(host, { all: true }),
): PinAddress {
  const allowed = parseAllowedHosts(allowedHosts);
  return async (address) => {
    const url = parseOutboundUrl(address);
    const free = isAllowedHost(url, allowed);
    if (!free && url.protocol !== "https:")
      throw new AppError("invalid_input", "The address must begin with https://.");
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolved(host, resolve);
    const usable =
      addresses.length > 0 && (free || addresses.every((found) => isPublicAddress(found.address)));
    if (!usable) throw notAllowed(url.hostname);
    return { url, addresses };
  };
}

async function resolved(host: string, resolve: (host: string) => Promise<NetworkAddress[]>) {
  try {
    return await resolve(host);
  } catch (cause) {
    throw new AppError("upstream_unavailable", `The name ${host} cannot be resolved.`, { cause });
  }
}
