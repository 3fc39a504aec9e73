import ipaddr from "ipaddr.js";
import { AppError } from "#/lib/kernel/app-error.ts";

/** Hosts that an operator allows although they are private: `host` for any port, or `host:port`. */
export type AllowedHosts = ReadonlySet<string>;

export function parseAllowedHosts(list: string): AllowedHosts {
  return new Set(
    list
      .split(",")
      .map((entry) => entry.trim().toLowerCase())
      .filter((entry) => entry !== ""),
  );
}

export function isAllowedHost(url: URL, allowed: AllowedHosts): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const host = url.hostname.toLowerCase();
  return allowed.has(host) || allowed.has(`${host}:${port}`);
}

/** Neither loopback nor private, link-local, multicast, reserved, nor a form that hides such an address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === "unicast";
}

/** The address as a URL that may be tried at all, before any name is resolved. Throws `invalid_input`. */
export function parseOutboundUrl(address: string | URL): URL {
  const refuse = (reason: string) => new AppError("invalid_input", reason);
  if (!URL.canParse(address)) throw refuse("This is not an address. It must begin with https:// or http://.");
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refuse("Only https:// and http:// addresses are opened.");
  if (url.username || url.password) throw refuse("An address must not carry a user name or password.");
  return url;
}

/** Says no without saying what stands behind the name: a tenant could read our network from the difference. */
export function notAllowed(host: string): AppError {
  return new AppError(
    "invalid_input",
    `${host} is not a public address. An operator can allow it by name in OUTBOUND_ALLOWED_HOSTS.`,
  );
}
