import { randomBytes } from "node:crypto";
import type { CredentialField } from "#/lib/connectors/manifest.ts";

const KEY_BYTES = 32;

/** Shown once, right after they were made, under the names of the manifest's fields. */
export type ShownCredentials = readonly { name: string; label: string; value: string }[];

/** A value for each generated field, in the letters that the platform's own form accepts. */
export function newGenerated(fields: readonly CredentialField[]): ShownCredentials {
  return fields
    .filter(({ kind }) => kind === "generated")
    .map(({ name, label, letters = "address" }) => ({
      name,
      label,
      value: randomBytes(KEY_BYTES).toString(letters === "base64" ? "base64" : "base64url"),
    }));
}

export function byName(shown: ShownCredentials): Record<string, string> {
  return Object.fromEntries(shown.map(({ name, value }) => [name, value]));
}

export function newEmbedToken(): string {
  return randomBytes(24).toString("base64url");
}

/** Stands in addresses, so it is short and of one case; no secret. */
export function newPublicId(): string {
  return randomBytes(8).toString("hex");
}
