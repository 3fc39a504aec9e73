import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import type { Connection } from "#/lib/integrations/find-connection.ts";
import { createAgentSessions } from "#/lib/realtime/agent-session.ts";
import {
  DEMO_CLIENTS,
  DEMO_USERS,
  HARBORVIEW,
  LARKFIELD,
} from "#/sandbox/genesys/organization/demo-organization.ts";
import { type Organization, startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { finishSignIn, returnFromPlatform, type SignInGround, startSignIn } from "./widget-sign-in.ts";
import { createSignInStore } from "./widget-sign-in-store.ts";

const PORTAL = "http://localhost:46000";
const SECRET = "a secret of thirty-two characters";
const redis = new Redis(await testRedisUrl());
let organization: Organization;

beforeAll(async () => {
  organization = await startOrganization({ portalUrl: PORTAL });
});
afterAll(async () => {
  redis.disconnect();
  await organization.close();
});

const agentClientId = DEMO_CLIENTS.find(({ grant }) => grant === "CODE")?.id;
const connection: Connection = {
  id: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  publicId: "larkfield",
  platform: "genesys",
  name: "Larkfield",
  active: true,
  sealed: {},
  settings: {
    environment: "sandbox",
    agentClientId,
    organizationId: LARKFIELD.id,
    organizationName: "Larkfield",
  },
  allowedOrigins: [],
  setup: {},
  lastCheck: null,
  lastEventAt: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);

function ground(settings: Record<string, unknown> = {}): SignInGround {
  const known = { ...connection, settings: { ...connection.settings, ...settings } };
  return {
    find: async (publicId) => (publicId === known.publicId ? known : undefined),
    read: async () => known,
    embedTokenOf: () => "the embed token",
    valuesOf: ({ settings: values }) => values,
    store: createSignInStore(redis, ring),
    agents: createAgentSessions(SECRET, () => Date.now()),
    network: { fetch, sandboxes: { genesys: organization.url } },
    portalUrl: PORTAL,
    clock: () => Date.now(),
    log: pino({ level: "silent" }),
  };
}

const request = {
  platform: "genesys",
  connection: "larkfield",
  embedToken: "the embed token",
  mode: "popup" as const,
  parameters: { conversationId: "c-1", gcHostOrigin: "https://apps.mypurecloud.ie" },
};

/** The agent at the platform's login; answers what its redirect brings back. */
async function atTheLogin(authorizeUrl: string, form: Record<string, string>) {
  const response = await fetch(authorizeUrl, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  const back = new URL(response.headers.get("location") ?? "", PORTAL);
  expect(`${back.origin}${back.pathname}`).toBe(`${PORTAL}/widget/genesys/callback`);
  const param = (name: string) => back.searchParams.get(name) ?? undefined;
  return { state: param("state") ?? "", code: param("code"), error: param("error") };
}
const KIM = { user: DEMO_USERS[0]?.id ?? "" };
const STRANGER = {
  user: DEMO_USERS.find(({ organizationId }) => organizationId === HARBORVIEW.id)?.id ?? "",
};

test("an agent signs in: the window is told a word, and the ticket with that word brings the token once", async () => {
  const on = ground();
  const { ticket, authorizeUrl } = await startSignIn(request, on);
  expect(new URL(authorizeUrl).searchParams.get("code_challenge_method")).toBe("S256");
  expect(await finishSignIn({ ticket }, on)).toEqual({ state: "pending" });

  const home = await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, KIM), on);
  if (home.kind !== "popup") throw new Error(home.kind);
  expect(home.name).toBe("Kim Doe");
  expect(await finishSignIn({ ticket }, on)).toEqual({ state: "arrived" });

  const typed = `${home.code.slice(0, 4).toLowerCase()} - ${home.code.slice(4)}`;
  const done = await finishSignIn({ ticket, proof: typed }, on);
  if (done.state !== "ready") throw new Error(done.state);
  expect(done).toMatchObject({ user: { id: KIM.user, name: "Kim Doe" }, organization: { id: LARKFIELD.id } });
  const me = await fetch(`${organization.url}/api/v2/users/me`, {
    headers: { authorization: `Bearer ${done.accessToken}` },
  });
  expect(await me.json()).toMatchObject({ id: KIM.user });
  expect(await on.agents.verify(done.agentSession)).toMatchObject({
    tenantId: connection.tenantId,
    connectionId: connection.id,
    agentId: KIM.user,
    organizationId: LARKFIELD.id,
    confirmed: true,
  });
  expect(await finishSignIn({ ticket, proof: home.code }, on)).toMatchObject({ state: "failed" });
});

test("whoever began a sign-in that somebody else completes gets nothing of it", async () => {
  const on = ground();
  const { ticket, authorizeUrl } = await startSignIn(request, on);
  const home = await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, KIM), on);
  if (home.kind !== "popup") throw new Error(home.kind);
  for (const proof of ["", "AAAAAAAA", ticket, "22222222", "ZZZZZZZZ"].map((each) => each || "x"))
    expect(await finishSignIn({ ticket, proof }, on)).toEqual({ state: "arrived", wrong: true });
  // After a few guesses it is gone, for the right word too.
  expect(await finishSignIn({ ticket, proof: home.code }, on)).toMatchObject({ state: "failed" });
  expect(await finishSignIn({ ticket: "another".repeat(8), proof: home.code }, on)).toMatchObject({
    state: "failed",
  });
});

test("two who ask at once with the right word: one gets it", async () => {
  const on = ground();
  const { ticket, authorizeUrl } = await startSignIn(request, on);
  const home = await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, KIM), on);
  if (home.kind !== "popup") throw new Error(home.kind);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => finishSignIn({ ticket, proof: home.code }, on)),
  );
  expect(answers.filter(({ state }) => state === "ready")).toHaveLength(1);
});

test("an agent of another organization is refused, in words", async () => {
  const on = ground();
  const { ticket, authorizeUrl } = await startSignIn(request, on);
  const home = await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, STRANGER), on);
  expect(home).toMatchObject({ kind: "popup-failed", reason: expect.stringContaining("Harborview Bank") });
  expect(await finishSignIn({ ticket }, on)).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("belongs to another one: Larkfield"),
  });
});

test("an organization id that an admin typed in capital letters is the same organization", async () => {
  const on = ground({ organizationId: LARKFIELD.id.toUpperCase() });
  const { authorizeUrl } = await startSignIn(request, on);
  const home = await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, KIM), on);
  expect(home).toMatchObject({ kind: "popup", name: "Kim Doe" });
});

test("while nobody has learnt the tenant's organization, an agent is let in and not called confirmed", async () => {
  const on = ground({ organizationId: undefined });
  const { ticket, authorizeUrl } = await startSignIn(request, on);
  const home = await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, KIM), on);
  if (home.kind !== "popup") throw new Error(home.kind);
  const done = await finishSignIn({ ticket, proof: home.code }, on);
  if (done.state !== "ready") throw new Error(done.state);
  expect(done.organizationConfirmed).toBe(false);
  expect(await on.agents.verify(done.agentSession)).toMatchObject({ confirmed: false });
});

test("a state serves once; a wrong one, a used code and a refused consent each have a way back", async () => {
  const on = ground();
  const first = await startSignIn(request, on);
  const back = await atTheLogin(first.authorizeUrl, KIM);
  expect((await returnFromPlatform("genesys", back, on)).kind).toBe("popup");
  expect((await returnFromPlatform("genesys", back, on)).kind).toBe("unknown");
  expect((await returnFromPlatform("genesys", { ...back, state: "made up" }, on)).kind).toBe("unknown");
  expect((await returnFromPlatform("five9", back, on)).kind).toBe("unknown");

  const second = await startSignIn(request, on);
  const fresh = await atTheLogin(second.authorizeUrl, KIM);
  const reused = await returnFromPlatform("genesys", { ...fresh, code: back.code }, on);
  expect(reused).toMatchObject({ kind: "popup-failed", reason: expect.stringContaining("was used already") });

  const third = await startSignIn(request, on);
  const denied = await atTheLogin(third.authorizeUrl, { decision: "deny" });
  expect(await returnFromPlatform("genesys", denied, on)).toMatchObject({ kind: "popup-failed" });
  expect(await finishSignIn({ ticket: third.ticket }, on)).toMatchObject({
    state: "failed",
    reason: "You did not allow the sign-in at Genesys Cloud. Nothing was changed.",
  });
});

test("a frame that left comes back to its own address, and only with what it kept", async () => {
  const on = ground();
  const keeper = "k".repeat(40);
  const { authorizeUrl } = await startSignIn({ ...request, mode: "redirect", keeper }, on);
  const home = await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, KIM), on);
  if (home.kind !== "frame") throw new Error(home.kind);
  const address = new URL(home.address);
  expect(`${address.origin}${address.pathname}`).toBe(`${PORTAL}/widget/genesys/larkfield`);
  expect(Object.fromEntries(address.searchParams)).toEqual(request.parameters);
  const kept = new URLSearchParams(address.hash.slice(1));
  expect(kept.get("t")).toBe("the embed token");
  const ticket = kept.get("ticket") ?? "";
  expect(await finishSignIn({ ticket, proof: "none" }, on)).toEqual({ state: "arrived", wrong: true });
  expect(await finishSignIn({ ticket, proof: keeper }, on)).toMatchObject({ state: "ready" });
});

test("no parameter leads the frame to another page than its own", async () => {
  const on = ground();
  const parameters = { conversationId: "//evil.example/#t=x", next: "https://evil.example" };
  const started = await startSignIn({ ...request, mode: "redirect", keeper: "k".repeat(40), parameters }, on);
  const home = await returnFromPlatform("genesys", await atTheLogin(started.authorizeUrl, KIM), on);
  if (home.kind !== "frame") throw new Error(home.kind);
  expect(new URL(home.address).origin).toBe(PORTAL);
  expect(new URL(home.address).pathname).toBe("/widget/genesys/larkfield");
});

test("without the embed token, or a client for agents, nothing begins", async () => {
  await expect(startSignIn({ ...request, embedToken: "guess" }, ground())).rejects.toMatchObject({
    code: "unauthenticated",
  });
  await expect(
    startSignIn(request, ground({ agentClientId: undefined, clientId: undefined })),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("a wiped Redis loses the sign-in and nothing else: the agent is asked to sign in again", async () => {
  const on = ground();
  const { ticket, authorizeUrl } = await startSignIn(request, on);
  const back = await atTheLogin(authorizeUrl, KIM);
  await redis.flushdb();
  expect((await returnFromPlatform("genesys", back, on)).kind).toBe("unknown");
  expect(await finishSignIn({ ticket }, on)).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("Sign in again"),
  });
});

test("Redis holds no token, verifier or ticket in the clear", async () => {
  const on = ground();
  const { ticket, authorizeUrl } = await startSignIn(request, on);
  const state = new URL(authorizeUrl).searchParams.get("state") ?? "";
  await returnFromPlatform("genesys", await atTheLogin(authorizeUrl, KIM), on);
  const keys = await redis.keys("*");
  const values = await Promise.all(keys.map((key) => redis.get(key)));
  const all = [...keys, ...values].join(" ");
  expect(all).not.toContain(ticket);
  expect(all).not.toContain(state);
  expect(all).not.toContain("accessToken");
});
