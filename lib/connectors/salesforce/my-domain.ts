import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../platform-access.ts";

/** Production, sandboxes (`acme--dev.sandbox`), developer and trial orgs (`acme-dev-ed.develop`, `.trailblaze`). */
const MY_DOMAIN = /^https:\/\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)?\.my\.salesforce\.(?:com|mil)$/;

/** The org that the sandbox process plays, where it runs. */
export const SANDBOX = "sandbox";

/** As an admin pastes it: with or without the scheme, a path or a slash. Undefined where it is no My Domain. */
export function readMyDomain(given: string): string | undefined {
  const text = given.trim().toLowerCase();
  if (text === SANDBOX) return SANDBOX;
  const url = URL.parse(text.includes("://") ? text : `https://${text}`);
  if (!url || url.username || url.password) return undefined;
  return MY_DOMAIN.test(url.origin) ? url.origin : undefined;
}

/** Where the org's login and API are. It comes from the connection and from nothing that a request says. */
export function originOf(myDomain: string, sandboxes: PlatformAccess["sandboxes"]): string {
  if (myDomain !== SANDBOX) return myDomain;
  if (sandboxes.salesforce) return new URL(sandboxes.salesforce).origin;
  throw new AppError("invalid_input", "The sandbox is off here: enter the org's own My Domain.");
}
