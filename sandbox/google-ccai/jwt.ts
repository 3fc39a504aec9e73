import { generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";

export type SigningKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject };

export function newSigningKey(kid: string): SigningKey {
  return { kid, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function signJwt(claims: object, { kid, privateKey }: Pick<SigningKey, "kid" | "privateKey">): string {
  const unsigned = `${encode({ alg: "RS256", typ: "JWT", kid })}.${encode(claims)}`;
  return `${unsigned}.${sign("sha256", Buffer.from(unsigned), privateKey).toString("base64url")}`;
}

/** The claims of a token that this key has signed. */
export function readJwt(token: string, publicKey: KeyObject): Record<string, unknown> | undefined {
  const [head = "", body = "", signature = ""] = token.split(".");
  const genuine = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    publicKey,
    Buffer.from(signature, "base64url"),
  );
  return genuine ? JSON.parse(Buffer.from(body, "base64url").toString("utf8")) : undefined;
}

export function jwkOf({ kid, publicKey }: SigningKey): object {
  return { ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" };
}
