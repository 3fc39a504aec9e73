import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OAUTH_CLIENT } from "#/sandbox/google-ccai/people.ts";
import { type GoogleWorld, googleWorld } from "../testing/google-world.ts";
import { widgetCredentials } from "./widget-credentials.ts";
import { widgetSide } from "./widget-side.ts";

const redirectUri = "http://localhost:3000/widget/google-ccai/callback";
const verifier = "a-verifier-of-some-length-that-nobody-else-knows-0123456789";
const challenge = createHash("sha256").update(verifier).digest("base64url");

let world: GoogleWorld;
beforeEach(async () => {
  world = await googleWorld({
    agentClientId: OAUTH_CLIENT.id,
    agentClientSecret: OAUTH_CLIENT.secret,
    agentDomains: "acme.example",
  });
});
afterEach(() => world.close());

const connected = () => ({ credentials: widgetCredentials.parse(world.values), access: world.access });

async function codeOf(sub: string): Promise<string> {
  const address = widgetSide.begin(connected(), { redirectUri, state: "the-state", challenge });
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({ sub }),
    redirect: "manual",
  });
  const back = new URL(response.headers.get("location") ?? "none:");
  expect(back.searchParams.get("state")).toBe("the-state");
  return back.searchParams.get("code") ?? "";
}

const finish = (code: string, proof = verifier) =>
  widgetSide.finish(connected(), { redirectUri, code, verifier: proof }, AbortSignal.timeout(5_000));

test("an agent of the tenant's domain signs in, by address and name", async () => {
  expect(await finish(await codeOf("1001"))).toMatchObject({
    user: { id: "kim@acme.example", name: "Kim Larsen" },
    organization: { id: "acme.example" },
    organizationConfirmed: true,
  });
});

test.each([
  ["another company's account", "2001", "an account of other.example"],
  ["a private account", "3001", "a private account"],
])("%s is turned away in words", async (_who, sub, words) => {
  await expect(finish(await codeOf(sub))).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining(words),
  });
});

test("a code without its proof key, or used twice, is worth nothing", async () => {
  const code = await codeOf("1001");
  await expect(finish(code, "another-verifier")).rejects.toMatchObject({ code: "upstream_rejected" });
  const second = await codeOf("1001");
  await finish(second);
  await expect(finish(second)).rejects.toMatchObject({ code: "upstream_rejected" });
});

test("a connection that names no domain has no sign-in at all", () => {
  const { credentials, access } = connected();
  expect(widgetSide.setup({ ...credentials, agentDomains: [] }, access.sandboxes)).toBeUndefined();
  expect(widgetSide.setup(credentials, access.sandboxes)).toMatchObject({ organizationName: "acme.example" });
});
