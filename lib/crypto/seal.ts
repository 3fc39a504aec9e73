import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { KeyRing } from "./key-ring.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Whose secret it is: bound to the sealed text, so that it opens nowhere else. */
export type SealedPlace = { tenantId: string; ownerId: string; field: string };

const associated = (place: SealedPlace) =>
  Buffer.from(JSON.stringify([place.tenantId, place.ownerId, place.field]));

/** Seals a secret with AES-256-GCM under the ring's current key: `keyId.base64url(iv, tag, text)`. */
export function seal(secret: string, place: SealedPlace, ring: KeyRing): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", ring.current.key, iv).setAAD(associated(place));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return `${ring.current.id}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url")}`;
}

/** Opens what `seal` made for the same place. Throws `upstream_rejected` when key or place do not fit. */
export function unseal(sealed: string, place: SealedPlace, ring: KeyRing): string {
  const dot = sealed.indexOf(".");
  const key = ring.keys.get(sealed.slice(0, dot));
  if (!key)
    throw new AppError("upstream_rejected", "The key that sealed this secret is not in the key ring.");
  const bytes = Buffer.from(sealed.slice(dot + 1), "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES))
      .setAAD(associated(place))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)).toString("utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new AppError("upstream_rejected", "A stored secret does not open; enter it again.", { cause });
  }
}
