import { createHmac, timingSafeEqual } from "node:crypto";
import type { SignatureInput } from "./signature-fields.ts";

/** What a signed request is made of. Header names are lower-case, as Node gives them. */
export type SignedRequest = {
  /** Path and query as on the request line. */
  target: string;
  /** Host, and port when it is not the default one. */
  authority: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
};

/** A signature that covers less than this proves nothing about who is calling. */
const REQUIRED_COMPONENTS = [
  "@request-target",
  "@authority",
  "audiohook-organization-id",
  "audiohook-session-id",
  "audiohook-correlation-id",
  "x-api-key",
];

const DIGEST_BYTES = 32;
const SHORTEST_NONCE = 22;
const MAX_AGE_SECONDS = 10;
/** Clocks differ: added on the lenient side of every check. */
const SKEW_SECONDS = 3;

/** How long a signed request can be presented again, and so how long its nonce must be remembered. */
export const SIGNATURE_LIFETIME_MS = (MAX_AGE_SECONDS + 2 * SKEW_SECONDS) * 1000;

export function headerText(request: SignedRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  return (typeof value === "string" ? [value] : value).map((field) => field.trim()).join(", ");
}

/** Lower-case, and without the port that `wss` implies. */
export function normalizeAuthority(host: string): string {
  return host.trim().toLowerCase().replace(/:443$/, "");
}

function componentValue(request: SignedRequest, name: string): string | undefined {
  // An early draft of message signatures: the target carries no method, unlike in the RFC.
  if (name === "@request-target") return request.target;
  if (name === "@authority") return normalizeAuthority(request.authority);
  return headerText(request, name);
}

/** The text that was signed, or undefined when a listed component is missing or a required one unlisted. */
export function signatureBase(request: SignedRequest, input: SignatureInput): string | undefined {
  if (!REQUIRED_COMPONENTS.every((name) => input.components.includes(name))) return undefined;
  const lines: string[] = [];
  for (const name of input.components) {
    const value = componentValue(request, name);
    if (value === undefined) return undefined;
    lines.push(`"${name}": ${value}`);
  }
  lines.push(`"@signature-params": ${input.raw}`);
  return lines.join("\n");
}

/** True when one of the keys made this signature; computes with all of them either way. */
export function matchesAnyKey(base: string, keys: readonly Uint8Array[], signature: Uint8Array): boolean {
  // timingSafeEqual throws on unequal lengths, which would hand every stranger a way to stop the process.
  const comparable = signature.length === DIGEST_BYTES ? signature : Buffer.alloc(DIGEST_BYTES);
  let matched = false;
  for (const key of keys) {
    const digest = createHmac("sha256", key).update(base).digest();
    if (timingSafeEqual(digest, comparable)) matched = true;
  }
  return matched && signature.length === DIGEST_BYTES;
}

/** Fresh and well formed: the parameters' own rules, before any key is looked at. */
export function isCurrent(input: SignatureInput, nowMs: number): boolean {
  const now = nowMs / 1000;
  const created = input.parameters.get("created");
  const expires = input.parameters.get("expires");
  const nonce = input.parameters.get("nonce");
  if (typeof created !== "number" || typeof nonce !== "string") return false;
  if (nonce.length < SHORTEST_NONCE) return false;
  if (expires !== undefined && (typeof expires !== "number" || now > expires + SKEW_SECONDS)) return false;
  return created <= now + SKEW_SECONDS && now <= created + MAX_AGE_SECONDS + SKEW_SECONDS;
}
