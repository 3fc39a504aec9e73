/** Fields of Pulsar's `MessageIdData`, the protobuf message that an id is the base64 form of. */
const FIELDS = { ledger: 1, entry: 2, partition: 3, batch: 4 } as const;

/**
 * Where a message stands in its topic: ledger, entry, place in its batch; a later message has the greater list.
 * Undefined for an id that is not of this form or of a partitioned topic, where ids do not tell the order.
 */
export function orderOf(messageId: string): readonly number[] | undefined {
  const fields = readVarints(Buffer.from(messageId, "base64"));
  if (!fields) return undefined;
  const ledger = fields.get(FIELDS.ledger);
  const entry = fields.get(FIELDS.entry);
  if (ledger === undefined || entry === undefined || fields.has(FIELDS.partition)) return undefined;
  return [ledger, entry, fields.get(FIELDS.batch) ?? 0];
}

/** Negative numbers (`-1`: no partition, no batch) count as absent. */
function readVarints(bytes: Buffer): Map<number, number> | undefined {
  const found = new Map<number, number>();
  let at = 0;
  const next = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    return undefined;
  };
  while (at < bytes.length) {
    const tag = next();
    const value = next();
    // All fields that an id has in practice are varints (wire type 0).
    if (tag === undefined || value === undefined || (tag & 7n) !== 0n) return undefined;
    if (value >= 0n) found.set(Number(tag >> 3n), Number(value));
  }
  return found.size > 0 ? found : undefined;
}
