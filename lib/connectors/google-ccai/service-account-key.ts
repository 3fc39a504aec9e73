import { createPrivateKey, type KeyObject } from "node:crypto";
import * as z from "zod";

export type ServiceAccountKey = {
  projectId: string;
  keyId: string;
  email: string;
  privateKey: KeyObject;
};

const SMALLEST_BITS = 2_048;

/** Of the file only what is needed: `token_uri` and its like are the uploader's word and are never followed. */
const keyFile = z.looseObject({
  project_id: z.string().min(1),
  private_key_id: z.string().min(1),
  private_key: z.string().min(1),
  client_email: z
    .string()
    .regex(/^[^@\s]+@[a-z0-9.-]+\.gserviceaccount\.com$/, "client_email is no service account."),
  universe_domain: z.literal("googleapis.com", "The key is of another cloud than googleapis.com.").optional(),
});

/**
 * Reads a service account's JSON key (contract section 6). Other credential types can name addresses that a library
 * would then call, so that only `service_account` is taken. The answer is the key, or why it is none, never a part of it.
 */
export function readServiceAccountKey(text: string): ServiceAccountKey | { problem: string } {
  const json = jsonOf(text);
  if (typeof json !== "object" || json === null)
    return { problem: "This is no JSON. Paste the whole key file, from { to }." };
  const type = "type" in json ? String(json.type) : "";
  if (type !== "service_account")
    return {
      problem: `The file's type is ${JSON.stringify(type.slice(0, 40))}. Only a key of type "service_account" is taken.`,
    };
  const parsed = keyFile.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") ?? "";
    return { problem: `The key file is not complete: ${field}. ${issue?.message ?? ""}`.trim() };
  }
  const { project_id, private_key_id, private_key, client_email } = parsed.data;
  const privateKey = privateKeyOf(private_key);
  if (!privateKey) return { problem: "private_key cannot be read. Paste the file as Google gave it." };
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (privateKey.asymmetricKeyType !== "rsa" || bits < SMALLEST_BITS)
    return { problem: `private_key must be an RSA key of at least ${SMALLEST_BITS} bits.` };
  return { projectId: project_id, keyId: private_key_id, email: client_email, privateKey };
}

function privateKeyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
