import { inflateRawSync } from "node:zlib";
import { AppError } from "#/lib/kernel/app-error.ts";

const END_RECORD = 0x06054b50;
const ENTRY_RECORD = 0x02014b50;
const END_RECORD_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const MOST_COMMENT_BYTES = 65_535;
const MOST_ENTRIES = 5_000;
const DEFLATED = 8;

export type ZipEntry = { name: string; bytes: number };

/**
 * The entries of a ZIP with what each really unpacks to, since what the archive says of itself may be a lie.
 * Throws `too_large` as soon as all of them together pass the limit, and `invalid_input` for a broken archive.
 */
export function unpackedEntries(archive: Uint8Array, limitBytes: number): ZipEntry[] {
  const zip = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endRecordAt(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw tooLarge(limitBytes);
  let at = zip.readUInt32LE(end + 16);
  let left = limitBytes;
  return Array.from({ length: count }, () => {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== ENTRY_RECORD) throw broken();
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    const bytes = unpackedBytes(zip, at, { left, limitBytes });
    left -= bytes;
    at += ENTRY_BYTES + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    return { name, bytes };
  });
}

function endRecordAt(zip: Buffer): number {
  const lowest = Math.max(0, zip.length - END_RECORD_BYTES - MOST_COMMENT_BYTES);
  for (let at = zip.length - END_RECORD_BYTES; at >= lowest; at--)
    if (zip.readUInt32LE(at) === END_RECORD) return at;
  throw broken();
}

function unpackedBytes(
  zip: Buffer,
  entry: number,
  { left, limitBytes }: { left: number; limitBytes: number },
) {
  const packed = zip.readUInt32LE(entry + 20);
  const header = zip.readUInt32LE(entry + 42);
  if (header + LOCAL_HEADER_BYTES > zip.length) throw broken();
  const from = header + LOCAL_HEADER_BYTES + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  if (from + packed > zip.length) throw broken();
  const size =
    zip.readUInt16LE(entry + 10) === DEFLATED
      ? inflatedBytes(zip.subarray(from, from + packed), left)
      : packed;
  if (size > left) throw tooLarge(limitBytes);
  return size;
}

/** How much it unpacks to, or more than is left. */
function inflatedBytes(packed: Buffer, left: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length;
  } catch (error) {
    if (error instanceof RangeError) return left + 1;
    throw broken(error);
  }
}

function tooLarge(limitBytes: number): AppError {
  const megabytes = Math.round(limitBytes / 1_000_000);
  return new AppError(
    "too_large",
    `The file unpacks to more than ${megabytes} MB. Take large pictures out, or split it into smaller documents.`,
  );
}

function broken(cause?: unknown): AppError {
  return new AppError(
    "invalid_input",
    "The file is damaged. Open it, save it again and upload the new copy.",
    {
      cause,
    },
  );
}
