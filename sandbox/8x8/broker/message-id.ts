/** A broker's message id: base64 of the protobuf `MessageIdData` with ledger (1) and entry (2). */
export function messageIdOf(ledger: number, entry: number): string {
  return Buffer.from([...field(1, ledger), ...field(2, entry)]).toString("base64");
}

function field(number: number, value: number): number[] {
  const bytes = [number << 3];
  let rest = BigInt(value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}
