import { AppError } from "#/lib/kernel/app-error.ts";

/** The keys that seal secrets, by id; the first one seals, all of them open. */
export type KeyRing = { current: { id: string; key: Buffer }; keys: ReadonlyMap<string, Buffer> };

/** Reads `id:base64[,id:base64…]`, 32 bytes a key, newest first. */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(",").map((entry) => {
    const [id = "", encoded = ""] = entry.trim().split(":");
    const key = Buffer.from(encoded, "base64");
    if (!/^[a-z0-9]+$/i.test(id) || key.length !== 32)
      throw new AppError(
        "invalid_input",
        "KEY_RING wants id:base64 pairs of 32 bytes each, divided by commas.",
      );
    return { id, key };
  });
  const [current] = entries;
  if (!current) throw new AppError("invalid_input", "KEY_RING is empty.");
  return { current, keys: new Map(entries.map(({ id, key }) => [id, key])) };
}
