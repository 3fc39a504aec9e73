import type * as z from "zod";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import type { CredentialField } from "#/lib/connectors/manifest.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { readSettings } from "./connection-settings.ts";
import { type Connection, openSecret } from "./find-connection.ts";

/** What a form says of a connection: settings in the clear, and the secrets that are to be replaced. */
export type ConnectionValues = { settings: Record<string, unknown>; secrets: Record<string, string> };

/** One refusal, at the field that it is about. */
export type FieldIssue = { field: string; message: string };

const isSecret = ({ kind }: CredentialField) => kind === "secret";

/**
 * Reads a form by the manifest's fields. A secret that was not sent is to stay as it is; emptied text is not set. The
 * form of a new connection asks for no switch: each begins as the manifest says.
 */
export function readFields(
  platform: PlatformId,
  form: Record<string, unknown>,
  age: "new" | "saved",
): ConnectionValues {
  const values: ConnectionValues = { settings: {}, secrets: {} };
  for (const field of manifestOf(platform).credentialFields) {
    const sent = form[field.name];
    const text = typeof sent === "string" ? sent.trim() : "";
    if (field.kind === "switch") values.settings[field.name] = isOn(sent ?? initialOf(field, age));
    else if (field.kind === "secret")
      values.secrets = { ...values.secrets, ...(text && { [field.name]: text }) };
    else if (field.kind !== "generated") values.settings[field.name] = text || undefined;
  }
  return values;
}

const isOn = (value: unknown) => value === true || value === "on";

const initialOf = ({ initial }: CredentialField, age: "new" | "saved") => (age === "new" ? initial : false);

/** What is missing or refused by the platform's own schema. A saved connection has its secrets already. */
export function issuesOf(
  platform: PlatformId,
  { settings, secrets }: ConnectionValues,
  age: "new" | "saved",
): FieldIssue[] {
  const fields = manifestOf(platform).credentialFields.filter(({ kind }) => kind !== "generated");
  const kept = fields
    .filter((field) => isSecret(field) && age === "saved" && secrets[field.name] === undefined)
    .map(({ name }) => name);
  const values = { ...settings, ...secrets };
  const missing = fields
    .filter((field) => field.required && values[field.name] === undefined && !kept.includes(field.name))
    .map(({ name }) => ({ field: name, message: "Fill this in." }));
  const parsed = connectorOf(platform).credentials.safeParse(values);
  const refused = parsed.success ? [] : parsed.error.issues.map(issueOf);
  const told = new Set([...kept, ...missing.map(({ field }) => field)]);
  return [...missing, ...refused.filter(({ field }) => !told.has(field))];
}

function issueOf({ path, message }: z.core.$ZodIssue): FieldIssue {
  return { field: String(path[0] ?? ""), message };
}

/** Secrets and settings side by side, unsealed, under the names that the connector's schema knows. */
export function valuesOf(connection: Connection, ring: KeyRing): Record<string, unknown> {
  const secrets = Object.keys(connection.sealed).map((field) => [field, openSecret(connection, field, ring)]);
  return { ...readSettings(connection.settings), ...Object.fromEntries(secrets) };
}
