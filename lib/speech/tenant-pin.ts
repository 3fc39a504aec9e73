import { type PinAddress, pinAddresses } from "#/lib/stt/pinned-address.ts";

/** The portal's look at addresses that a tenant entered; takes `OUTBOUND_ALLOWED_HOSTS`. */
export function tenantPin(allowedHosts: string): PinAddress {
  return pinAddresses(allowedHosts);
}
