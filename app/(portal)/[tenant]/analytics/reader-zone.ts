import { cookies } from "next/headers";
import { parseZone } from "#/lib/analytics/analytics-range.ts";

/** The zone that this reader's days begin in, as their browser has told. */
export async function readerZone(): Promise<string> {
  const told = (await cookies()).get("zone")?.value;
  return parseZone(told === undefined ? undefined : decodeSafely(told));
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
