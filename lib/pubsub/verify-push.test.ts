import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { createPushVerifier } from "./verify-push.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const NOW = Date.parse("2026-03-02T10:00:00Z");
const EXPECTED = {
  audience: "https://assist.example/ingest/google-ccai/c-1",
  email: "push@acme.iam.gserviceaccount.com",
};

const CLAIMS = {
  iss: "https://accounts.google.com",
  aud: EXPECTED.audience,
  sub: "1",
  email: EXPECTED.email,
  email_verified: true,
  iat: NOW / 1_000 - 60,
  exp: NOW / 1_000 + 3_540,
};

function bearer(claims: object = {}, head: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${part({ alg: "RS256", kid: "k", ...head })}.${part({ ...CLAIMS, ...claims })}`;
  return `Bearer ${unsigned}.${sign("sha256", Buffer.from(unsigned), privateKey).toString("base64url")}`;
}

function verifier() {
  let asked = 0;
  const keys = async (kid: string) => {
    asked += 1;
    return kid === "k" ? publicKey : undefined;
  };
  return { verify: createPushVerifier({ keys, now: () => NOW }), asked: () => asked };
}

test("a good token is let in, and its signature is checked once", async () => {
  const { verify, asked } = verifier();
  const token = bearer();
  for (let n = 0; n < 3; n += 1)
    expect(await verify(token, EXPECTED)).toMatchObject({ email: EXPECTED.email });
  expect(asked()).toBe(1);
});

test.each([
  ["no token", undefined],
  ["something else", "Basic abc"],
  ["another audience", bearer({ aud: "https://assist.example/ingest/google-ccai/c-2" })],
  ["another issuer", bearer({ iss: "https://evil.example" })],
  ["an expired one", bearer({ exp: NOW / 1_000 - 60 })],
  ["one from the future", bearer({ iat: NOW / 1_000 + 600 })],
  ["one that lives for years", bearer({ exp: NOW / 1_000 + 90_000_000 })],
  ["an unknown key", bearer({}, { kid: "x" })],
  ["no signature at all", bearer({}, { alg: "none" })],
  ["a symmetric one", bearer({}, { alg: "HS256" })],
  ["a tampered one", `${bearer().slice(0, -8)}AAAAAAAA`],
])("%s is refused", async (_what, authorization) => {
  await expect(verifier().verify(authorization, EXPECTED)).rejects.toMatchObject({ code: "unauthenticated" });
});

test.each([
  ["another account", { email: "other@acme.iam.gserviceaccount.com" }],
  ["an unverified address", { email_verified: false }],
  ["no address", { email: undefined }],
])("a genuine token of %s is forbidden", async (_what, claims) => {
  await expect(verifier().verify(bearer(claims), EXPECTED)).rejects.toMatchObject({ code: "forbidden" });
});

test.each([
  ["audience", { audience: "" }],
  ["account", { email: "" }],
])("without a configured %s nobody is let in, whatever the token says", async (_what, missing) => {
  const { verify } = verifier();
  const token = bearer({ aud: "", email: "" });
  await expect(verify(token, { ...EXPECTED, ...missing })).rejects.toMatchObject({ code: "forbidden" });
});

test("a token that was good for one connection is not good for another", async () => {
  const { verify } = verifier();
  const token = bearer();
  await verify(token, EXPECTED);
  const other = { ...EXPECTED, audience: "https://assist.example/ingest/google-ccai/c-2" };
  await expect(verify(token, other)).rejects.toMatchObject({ code: "unauthenticated" });
});
