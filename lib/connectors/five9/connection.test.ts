import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type RunningDomain, startFive9Domain } from "#/sandbox/five9/start-domain.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { readXml } from "./api/xml.ts";
import { check } from "./connection.ts";
import { credentials } from "./credentials.ts";
import { listQueues } from "./list-skills.ts";

let sandbox: RunningDomain;
beforeAll(async () => {
  sandbox = await startFive9Domain();
});
afterEach(() => sandbox.domain.faults.clear());
afterAll(() => sandbox.close());

const learnt: Record<string, unknown> = {};
const quota: unknown[] = [];

const access = (): PlatformAccess => ({
  connectionId: "c",
  fetch: globalThis.fetch,
  now: () => 0,
  wait: async () => undefined,
  quota: (report) => void quota.push(report),
  sandboxes: { five9: sandbox.url },
});

const own = (changes: object = {}) =>
  credentials.parse({ region: "sandbox", ...sandbox.apiUser, trustToken: "t", apiKey: "k", ...changes });

async function steps(changes: object = {}, lastEventAt?: Date): Promise<CheckStep[]> {
  const context: CheckContext = {
    access: access(),
    learn: async (facts) => void Object.assign(learnt, facts),
    audiohookUrl: "",
    publicId: "p",
    lastEventAt,
    now: () => 0,
  };
  const found: CheckStep[] = [];
  for await (const step of check(own(changes), context, new AbortController().signal)) found.push(step);
  return found;
}
const outcomes = (found: readonly CheckStep[]) => found.map(({ name, outcome }) => `${name}: ${outcome}`);

test("a complete connection passes, keeps the skills, and waits for the first call", async () => {
  expect(outcomes(await steps())).toEqual([
    "API user: passed",
    "Skills: passed",
    "REST session: not-used",
    "Voice stream and events: passed",
    "First real event: waiting",
  ]);
  expect(learnt.platformQueues).toContainEqual({ id: "250003", name: "Outages & repairs" });
  expect((await steps({}, new Date(0))).at(-1)?.outcome).toBe("passed");
});

test("the REST step joins a session and throws no working agent out", async () => {
  sandbox.domain.sessions.signIn(sandbox.apiUser.username, "AttachExisting");
  const found = await steps({ restSession: true });
  expect(found[2]).toMatchObject({ name: "REST session", outcome: "passed" });
  expect(sandbox.domain.sessions.evicted).toEqual([]);
});

test("a wrong password is told as such, and what needs it is not tried", async () => {
  const found = await steps({ password: "wrong" });
  expect(found[0]).toMatchObject({
    outcome: "failed",
    remedy: expect.stringContaining("user name and password"),
  });
  expect(found[1]?.outcome).toBe("not-tried");
  expect(JSON.stringify(found)).not.toContain("wrong");
});

test.each([
  ["limit", /for its rate/],
  ["down", /503/],
  ["html", /not the XML/],
] as const)("web services in trouble (%s) are told in words", async (kind, reason) => {
  sandbox.domain.faults.set({ soap: { kind, times: 1 } });
  expect((await steps())[0]).toMatchObject({ outcome: "failed", reason: expect.stringMatching(reason) });
});

test("a domain for voice alone needs no API user", async () => {
  const found = await steps({ authMethod: "none", username: undefined, password: undefined });
  expect(outcomes(found).slice(0, 2)).toEqual(["API user: not-used", "Skills: not-used"]);
});

test("a consumer key is tried at the address that the settings name", async () => {
  const { key, secret } = sandbox.consumer;
  const keyed = {
    authMethod: "consumer-key",
    consumerKey: key,
    consumerSecret: secret,
    tokenUrl: `${sandbox.url}/oauth2/v1/token`,
  };
  expect(outcomes(await steps(keyed)).slice(0, 2)).toEqual(["Consumer key: passed", "Skills: not-used"]);
  expect((await steps({ ...keyed, consumerSecret: "other" }))[0]?.outcome).toBe("failed");
});

test("skills are listed by name", async () => {
  const listed = await listQueues(own(), access(), new AbortController().signal);
  expect(listed.map(({ name }) => name)).toEqual([
    "Billing",
    "Customer care",
    "New contracts",
    "Outages & repairs",
  ]);
});

test.each(["<a><b></a>", "text", "", '<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>', "<a>".repeat(200)])(
  "%s is refused as XML",
  (text) => {
    expect(() => readXml(text)).toThrow(/not the XML/);
  },
);
