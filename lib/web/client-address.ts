/**
 * The address that rate limits count. The last entry of `x-forwarded-for` is the one that the proxy in front
 * added itself; earlier ones are whatever a caller wrote there. Without a proxy Next writes the socket's
 * address, but a caller may forge the header: then the limits by e-mail and connection still hold.
 */
export function clientAddress(forwardedFor: string | null | undefined): string {
  return forwardedFor?.split(",").at(-1)?.trim() || "unknown";
}
