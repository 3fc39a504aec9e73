import fc from "fast-check";
import { expect, test } from "vitest";
import { authenticate } from "./authenticate.ts";
import { memoryNonceCache } from "./nonce-cache.ts";
import { parseSignatureInputs, parseSignatures } from "./signature-fields.ts";
import { GOLDEN_API_KEY, goldenRequest } from "./testing/golden-request.ts";

test("components, parameters and the signed characters are read as written", () => {
  const raw = '( "@authority"  "x-api-key" ); created=5 ;keyid="a\\"b, c"';
  expect(parseSignatureInputs(`one=${raw}, two=()`)).toEqual([
    {
      label: "one",
      components: ["@authority", "x-api-key"],
      parameters: new Map<string, string | number>([
        ["created", 5],
        ["keyid", 'a"b, c'],
      ]),
      raw,
    },
    { label: "two", components: [], parameters: new Map(), raw: "()" },
  ]);
});

test.each(['a=("x" "x")', 'a=("x";sf)', "a=(x)", 'a=("x")junk', 'a=("x");p=?1', 'a=("x""y")'])(
  "%s is left out",
  (header) => {
    expect(parseSignatureInputs(header)).toEqual([]);
    expect(parseSignatureInputs(`${header}, b=("y")`).map(({ label }) => label)).toEqual(["b"]);
  },
);

test("signatures are read by label", () => {
  const signatures = parseSignatures("a=:AAEC:, b=none, c=::");
  expect([...signatures.keys()]).toEqual(["a", "c"]);
  expect(signatures.get("a")).toEqual(Buffer.of(0, 1, 2));
});

const fragment = fc.constantFrom(
  '("@authority")',
  '("',
  '")',
  ";",
  "=",
  ",",
  ":",
  "keyid=",
  '"',
  "\\",
  "created=1",
  "a",
  " ",
);
const header = fc.oneof(
  fc.string(),
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join("")),
  fc.constant(undefined),
);

test("no header can make authentication throw or succeed by chance", async () => {
  const names = Object.keys(goldenRequest().headers);
  const noise = fc.record(Object.fromEntries(names.map((name) => [name, header])), { requiredKeys: [] });
  const credentials = {
    apiKeys: [GOLDEN_API_KEY],
    secrets: [Buffer.from("secret")],
    unsignedAllowed: true,
    refuseRepeatedNonce: false,
  };
  await fc.assert(
    fc.asyncProperty(noise, async (headers) => {
      const deps = { nonces: memoryNonceCache(), nowMs: 0 };
      expect((await authenticate(goldenRequest(headers), credentials, deps)).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});
