import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { type AudiohookCredentials, authenticate, type Verdict } from "./authenticate.ts";
import { memoryNonceCache, type NonceCache } from "./nonce-cache.ts";
import { normalizeAuthority, type SignedRequest, signatureBase } from "./signature.ts";
import { parseSignatureInputs } from "./signature-fields.ts";
import {
  GOLDEN_API_KEY,
  GOLDEN_CREATED,
  GOLDEN_SECRET,
  GOLDEN_SIGNATURE,
  goldenRequest,
} from "./testing/golden-request.ts";

const KEY = Buffer.from(GOLDEN_SECRET, "base64");

function credentials(changes: Partial<AudiohookCredentials> = {}): AudiohookCredentials {
  return {
    apiKeys: [GOLDEN_API_KEY],
    secrets: [KEY],
    unsignedAllowed: false,
    refuseRepeatedNonce: false,
    ...changes,
  };
}

type Attempt = { ageSeconds?: number; nonces?: NonceCache; credentials?: AudiohookCredentials | null };

function attempt(request: SignedRequest, options: Attempt = {}): Promise<Verdict> {
  const known = options.credentials === undefined ? credentials() : (options.credentials ?? undefined);
  return authenticate(request, known, {
    nonces: options.nonces ?? memoryNonceCache(),
    nowMs: (GOLDEN_CREATED + (options.ageSeconds ?? 1)) * 1000,
  });
}

/** Signs anew after a change to what the signature covers. */
function resigned(signatureInput: string, key: Uint8Array = KEY): SignedRequest {
  const request = goldenRequest({ "signature-input": signatureInput });
  const [input] = parseSignatureInputs(signatureInput);
  const base = input && signatureBase(request, input);
  const signature = createHmac("sha256", key)
    .update(base ?? "")
    .digest("base64");
  return goldenRequest({ "signature-input": signatureInput, signature: `${input?.label}=:${signature}:` });
}

const GOLDEN_INPUT = String(goldenRequest().headers["signature-input"]);

test("the platform's published example is accepted", async () => {
  expect(await attempt(goldenRequest())).toMatchObject({
    ok: true,
    sessionId: "30b0e395-84d3-4570-ac13-9a62d8f514c0",
    repeatedNonce: false,
  });
});

test("any order of the covered components is accepted", async () => {
  const reversed = GOLDEN_INPUT.replace(
    /\(.*\)/,
    '("x-api-key"  "audiohook-correlation-id" "audiohook-session-id" "audiohook-organization-id" "@authority" "@request-target")',
  );
  expect(await attempt(resigned(reversed))).toMatchObject({ ok: true });
});

test("a signature that leaves a required component out is refused", async () => {
  const short = GOLDEN_INPUT.replace(' "audiohook-session-id"', "");
  expect(await attempt(resigned(short))).toEqual({ ok: false, refusal: "bad_signature" });
});

test("a label that cannot be resolved does not hide the one that can", async () => {
  const other = 'proxy=("@authority");keyid="someone";created=1;nonce="x, y", ';
  const request = goldenRequest({
    "signature-input": other + GOLDEN_INPUT,
    signature: `proxy=:AAAA:, sig1=:${GOLDEN_SIGNATURE}:`,
  });
  expect(await attempt(request)).toMatchObject({ ok: true });
});

test.each(["", "AAAA", `${GOLDEN_SIGNATURE}AAAA`, "A".repeat(44)])(
  "a signature of the wrong bytes (%s) is refused and nothing throws",
  async (bytes) => {
    const verdict = await attempt(goldenRequest({ signature: `sig1=:${bytes}:` }));
    expect(verdict).toEqual({ ok: false, refusal: "bad_signature" });
  },
);

test.each([
  "sig1",
  "sig1=(",
  'sig1=("@authority"',
  'sig1=("@authority");created=',
  `sig1=("${"x".repeat(2000)}");;;=`,
  "=,=,=",
  '"',
  `${'sig1=("@request-target"),'.repeat(200)}`,
])("a Signature-Input of nonsense (%s) is refused and nothing throws", async (header) => {
  expect(await attempt(goldenRequest({ "signature-input": header }))).toMatchObject({ ok: false });
});

test.each([
  [-3, true],
  [-4, false],
  [13, true],
  [14, false],
])("a request aged %i seconds is accepted: %s", async (ageSeconds, ok) => {
  expect((await attempt(goldenRequest(), { ageSeconds })).ok).toBe(ok);
});

test("an expired request is refused, with the clocks' difference on the lenient side", async () => {
  const expiring = resigned(GOLDEN_INPUT.replace(/expires=\d+/, `expires=${GOLDEN_CREATED + 1}`));
  expect(await attempt(expiring, { ageSeconds: 4 })).toMatchObject({ ok: true });
  expect(await attempt(expiring, { ageSeconds: 5 })).toEqual({ ok: false, refusal: "stale_signature" });
});

test("a short nonce and a missing creation time are refused", async () => {
  const short = GOLDEN_INPUT.replace(/nonce="[^"]*"/, 'nonce="short"');
  expect(await attempt(resigned(short))).toEqual({ ok: false, refusal: "stale_signature" });
  const undated = GOLDEN_INPUT.replace(/created=\d+;/, "");
  expect(await attempt(resigned(undated))).toEqual({ ok: false, refusal: "stale_signature" });
});

test("the algorithm that the request names is not obeyed", async () => {
  expect(await attempt(resigned(GOLDEN_INPUT.replace("hmac-sha256", "none")))).toMatchObject({ ok: true });
  expect(
    await attempt(goldenRequest({ "signature-input": GOLDEN_INPUT.replace("hmac-sha256", "none") })),
  ).toEqual({
    ok: false,
    refusal: "bad_signature",
  });
});

test("during a rotation the old and the new key and secret are valid", async () => {
  const rotating = credentials({ apiKeys: ["new", GOLDEN_API_KEY], secrets: [Buffer.from("new"), KEY] });
  expect(await attempt(goldenRequest(), { credentials: rotating })).toMatchObject({ ok: true });
  const rotated = credentials({ secrets: [Buffer.from("new")] });
  expect(await attempt(goldenRequest(), { credentials: rotated })).toMatchObject({
    refusal: "bad_signature",
  });
});

test("a key that is not the connection's, and an unknown connection, are refused", async () => {
  const others = credentials({ apiKeys: ["other"] });
  expect(await attempt(goldenRequest(), { credentials: others })).toMatchObject({ refusal: "wrong_key" });
  expect(await attempt(goldenRequest(), { credentials: null })).toMatchObject({
    refusal: "unknown_connection",
  });
});

test("another organization's request is refused where the connection names its own", async () => {
  const own = credentials({ organizationId: "D7934305-0972-4844-938E-9060EEF73D05" });
  expect(await attempt(goldenRequest(), { credentials: own })).toMatchObject({ ok: true });
  const foreign = credentials({ organizationId: "00000000-0972-4844-938e-9060eef73d05" });
  expect(await attempt(goldenRequest(), { credentials: foreign })).toMatchObject({
    refusal: "wrong_organization",
  });
});

test.each(["audiohook-organization-id", "audiohook-session-id", "audiohook-correlation-id", "x-api-key"])(
  "a request without %s is refused",
  async (name) => {
    expect(await attempt(goldenRequest({ [name]: undefined }))).toMatchObject({
      refusal: "malformed_headers",
    });
  },
);

test("an unsigned request needs the switch, whether or not there is a secret", async () => {
  const unsigned = goldenRequest({ signature: undefined, "signature-input": undefined });
  const refused = { ok: false, refusal: "unsigned" };
  const open = credentials({ secrets: [], unsignedAllowed: true });
  expect(await attempt(unsigned, { credentials: open })).toMatchObject({ ok: true });
  expect(await attempt(unsigned, { credentials: { ...open, unsignedAllowed: false } })).toEqual(refused);
  expect(await attempt(unsigned, { credentials: credentials({ unsignedAllowed: true }) })).toMatchObject({
    ok: true,
  });
  expect(await attempt(unsigned, { credentials: credentials() })).toEqual(refused);
});

test("a signature that nobody can verify is refused, even where unsigned requests may enter", async () => {
  const open = credentials({ secrets: [], unsignedAllowed: true });
  expect(await attempt(goldenRequest(), { credentials: open })).toMatchObject({ refusal: "bad_signature" });
});

test("a repeated nonce is reported, and refused where the connection says so", async () => {
  const nonces = memoryNonceCache();
  expect(await attempt(goldenRequest(), { nonces })).toMatchObject({ ok: true, repeatedNonce: false });
  expect(await attempt(goldenRequest(), { nonces })).toMatchObject({ ok: true, repeatedNonce: true });
  const strict = credentials({ refuseRepeatedNonce: true });
  expect(await attempt(goldenRequest(), { nonces, credentials: strict })).toMatchObject({
    refusal: "repeated_nonce",
  });
});

test("a nonce is forgotten once its request could no longer be sent", async () => {
  const nonces = memoryNonceCache();
  expect(await nonces.firstUse("a", 16_000, 0)).toBe(true);
  expect(await nonces.firstUse("a", 16_000, 15_999)).toBe(false);
  expect(await nonces.firstUse("a", 16_000, 16_000)).toBe(true);
});

test("the authority loses its case and the default port, and keeps any other", () => {
  expect(normalizeAuthority("AudioHook.Example.com:443")).toBe("audiohook.example.com");
  expect(normalizeAuthority("localhost:3002")).toBe("localhost:3002");
});
