import { type KeyObject, sign } from "node:crypto";
import { crc32 } from "node:zlib";

export type Transmission = {
  customerId: string;
  eventId: string;
  tenantId: string;
  retry: number;
  /** Milliseconds since the epoch. */
  sentAt: number;
};

/** The Chat Gateway's headers: a detached JWS (RS256, unencoded payload) over the body's CRC-32 and the headers themselves. */
export function signedHeaders(
  body: Buffer,
  { customerId, eventId, tenantId, retry, sentAt }: Transmission,
  key: KeyObject,
): Record<string, string> {
  const head = base64url(JSON.stringify({ alg: "RS256", b64: false, crit: ["b64"] }));
  const payload = JSON.stringify({
    checksum: String(crc32(body)),
    cid: customerId,
    eid: eventId,
    retry: String(retry),
    tid: tenantId,
    tt: String(sentAt),
  });
  const signature = sign("RSA-SHA256", Buffer.from(`${head}.${payload}`), key).toString("base64url");
  return {
    "content-type": "application/json",
    "x-8x8-customer-id": customerId,
    "x-8x8-event-id": eventId,
    "x-8x8-retry": String(retry),
    "x-8x8-signature": `${head}..${signature}`,
    "x-8x8-tenant-id": tenantId,
    "x-8x8-transmission-time": String(sentAt),
  };
}

const base64url = (text: string) => Buffer.from(text).toString("base64url");
