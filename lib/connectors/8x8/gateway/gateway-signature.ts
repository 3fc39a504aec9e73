import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { crc32 } from "node:zlib";

export type GatewayHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The Chat Gateway's detached JWS (contract section 5): RS256 with an unencoded payload (RFC 7797), over a JSON of the
 * body's CRC-32 and the delivery's own headers. Whether its numbers stand as numbers or as text is not documented, so
 * that both are held against the signature; either way only the key's holder can have made it.
 */
export function isGatewaySignature(headers: GatewayHeaders, body: Buffer, pem: string): boolean {
  const parts = one(headers, "signature")?.split(".") ?? [];
  const [head = "", payload = "-", signature = ""] = parts;
  const key = publicKey(pem);
  if (parts.length !== 3 || payload !== "" || !key || !isRs256(head)) return false;
  const signed = Buffer.from(signature, "base64url");
  return [String, Number].some((as) => {
    const said = JSON.stringify({
      checksum: as(crc32(body)),
      cid: one(headers, "customer-id"),
      eid: one(headers, "event-id"),
      retry: as(one(headers, "retry") ?? 0),
      tid: one(headers, "tenant-id"),
      tt: as(one(headers, "transmission-time") ?? 0),
    });
    return verify("RSA-SHA256", Buffer.from(`${head}.${said}`), key, signed);
  });
}

function one(headers: GatewayHeaders, name: string): string | undefined {
  const value = headers[`x-8x8-${name}`];
  return typeof value === "string" ? value : undefined;
}

function publicKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "rsa" ? key : undefined;
  } catch {
    return undefined;
  }
}

function isRs256(head: string): boolean {
  try {
    const { alg, b64 } = JSON.parse(Buffer.from(head, "base64url").toString("utf8"));
    return alg === "RS256" && b64 === false;
  } catch {
    return false;
  }
}
