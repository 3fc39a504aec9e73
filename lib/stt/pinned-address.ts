import { parseOutboundUrl } from "#/lib/outbound/address-rules.ts";
import { createOutbound, type Resolved } from "#/lib/outbound/outbound.ts";

/** Where a connection may go: to these very addresses, so that a name cannot point elsewhere after the look at it. */
export type PinnedAddress = { url: URL; addresses: readonly Resolved[] };

/** Resolves a service's address and refuses what `OUTBOUND_ALLOWED_HOSTS` does not allow; throws `AppError`. */
export type PinAddress = (address: string) => Promise<PinnedAddress>;

/** The outbound guard for the addresses of speech services, which people enter as `https://`. */
export function pinAddresses(
  allowedHosts: string,
  resolve?: (host: string) => Promise<Resolved[]>,
): PinAddress {
  const outbound = createOutbound({ allowedHosts, ...(resolve && { resolve }) });
  return async (address) => {
    const url = parseOutboundUrl(address);
    return { url, addresses: await outbound.addresses(url) };
  };
}
