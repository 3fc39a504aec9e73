import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../platform-access.ts";

/** Event streaming's hosts by site (contract section 1); a site that opens later is entered as `other`. */
export const SITES = {
  uk3: { host: "pulsar-ws-euw2.8x8.com", label: "UK3 (clusters EU4 to EU14)" },
  us1: { host: "pulsar-ws-use1.8x8.com", label: "US1 (clusters NA1 to NA6, NA11 to NA16, SB1)" },
  us2: {
    host: "pulsar-ws-usw2.8x8.com",
    label: "US2 (clusters NA7 to NA10, NA17 to NA20, NA27 to NA30, NA37 to NA39)",
  },
} as const;

export type Site = keyof typeof SITES | "other" | "sandbox";

/** The stream's origin, `wss://host`; in the clear only to the sandbox of this machine. */
export function streamOrigin(
  { site, host }: { site: Site; host?: string },
  sandboxes: PlatformAccess["sandboxes"],
): string {
  if (site === "other") {
    if (host) return `wss://${host}`;
    throw new AppError("invalid_input", "Enter the host of your site's event stream.");
  }
  if (site !== "sandbox") return `wss://${SITES[site].host}`;
  const sandbox = sandboxes["8x8"];
  if (sandbox) return sandbox.replace(/^http/, "ws").replace(/\/+$/, "");
  throw new AppError("invalid_input", "There is no 8x8 sandbox here: choose your site.");
}
