import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { describeConnector } from "#/tests/contracts/connector.ts";
import type { CheckContext, CheckStep } from "../connector.ts";
import { salesforce } from "./index.ts";
import { readMyDomain } from "./my-domain.ts";
import { readOrganizationId, readRecordId } from "./organization-id.ts";

const FOLDER = new URL("./fixtures/", import.meta.url);
const fixtures: Record<string, unknown> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")),
  ]),
);

describeConnector(salesforce, fixtures);

const ORIGIN = {
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  receivedAt: Date.parse("2026-03-02T10:00:00Z"),
};

test("a session that is taken up again ends once more", () => {
  const ended = (at: string) =>
    salesforce.normalize({ ...(fixtures["chat-ended"] as object), at }, ORIGIN)[0]?.id;
  expect(ended("2026-03-02T09:09:00.000Z")).toBe(ended("2026-03-02T09:09:00.000Z"));
  expect(ended("2026-03-02T09:09:00.000Z")).not.toBe(ended("2026-03-02T09:30:00.000Z"));
});

test("only the platform's own hosts are a My Domain", () => {
  expect(readMyDomain(" ACME.my.salesforce.com/ ")).toBe("https://acme.my.salesforce.com");
  expect(readMyDomain("https://acme--dev.sandbox.my.salesforce.com/home")).toBe(
    "https://acme--dev.sandbox.my.salesforce.com",
  );
  for (const wrong of [
    "http://acme.my.salesforce.com",
    "https://acme.my.salesforce.com.evil.example",
    "https://evil.example/acme.my.salesforce.com",
    "https://acme.my.salesforce.com:8443",
    "https://user@acme.my.salesforce.com",
    "https://acme.my.salesforce.com@evil.example",
    "https://127.0.0.1",
    "https://login.salesforce.com",
    "",
  ])
    expect(readMyDomain(wrong), wrong).toBeUndefined();
});

test("ids of 15 and 18 characters are one", () => {
  expect(readOrganizationId("00D5g0000012345EAB")).toBe("00D5g0000012345");
  expect(readOrganizationId("00G5g0000012345")).toBeUndefined();
  // the platform's own example of the two forms
  expect(readRecordId("0015g00000AbCdE")).toHaveLength(18);
  expect(readRecordId("0015g00000AbCdE")).toBe(readRecordId(readRecordId("0015g00000AbCdE") ?? ""));
  expect(readRecordId("a000000000AbcdE")).not.toBe(readRecordId("a000000000abcde"));
  expect(readRecordId("0Mw/../etc")).toBeUndefined();
});

type Reply = { status?: number; body: unknown };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function anOrg(answer: (path: string) => Reply) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status = 200, body } = answer(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => server.close());
  const learnt: Record<string, unknown> = {};
  const context: CheckContext = {
    access: {
      connectionId: ORIGIN.connectionId,
      fetch,
      now: () => ORIGIN.receivedAt,
      wait: async () => {},
      quota: () => {},
      sandboxes: { salesforce: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    },
    learn: async (facts) => void Object.assign(learnt, facts),
    audiohookUrl: "ws://localhost",
    publicId: "sf",
    lastEventAt: undefined,
    now: () => ORIGIN.receivedAt,
  };
  return { context, learnt, asked };
}

const LOGIN = { myDomain: "sandbox", consumerKey: "key", consumerSecret: "secret", exchangeSecret: "x" };
const USER = { organization_id: "00D5g0000012345EAB", user_id: "0055g000004XyZaAAK", name: "Run As" };

async function tested(context: CheckContext, own: object = LOGIN): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const run = salesforce.check(salesforce.credentials.parse(own), context, AbortSignal.timeout(10_000));
  for await (const step of run) steps.push(step);
  return steps;
}

const org =
  (changes: Record<string, Reply> = {}) =>
  (path: string) => {
    const found = Object.entries(changes).find(([part]) => path.includes(part));
    if (found) return found[1];
    if (path.includes("/oauth2/token"))
      return { body: { access_token: "t", instance_url: "https://evil.example" } };
    if (path.includes("/userinfo")) return { body: USER };
    return { body: { done: true, records: [{ Id: "00G5g000001AbCdEAK", Name: "Delivery" }] } };
  };

test("the test learns the organization and its queues", async () => {
  const { context, learnt, asked } = await anOrg(org());
  const steps = await tested(context);
  expect(steps.map(({ outcome }) => outcome)).toEqual(["passed", "passed", "passed", "waiting", "waiting"]);
  expect(learnt.orgId).toBe("00D5g0000012345");
  expect(learnt.platformQueues).toContainEqual({ id: "00G5g000001AbCdEAK", name: "Delivery" });
  expect(asked).toHaveLength(4);
});

test("each refusal has its own remedy, and stops what rests on it", async () => {
  const refused = (error: string) =>
    org({ "/oauth2/token": { status: 400, body: { error, error_description: error } } });
  for (const [error, words] of [
    ["invalid_client_id", "consumer key"],
    ["invalid_client", "secret"],
    ["invalid_grant", "Run As"],
    ["unsupported_grant_type", "Client Credentials Flow"],
  ] as const) {
    const { context } = await anOrg(refused(error));
    const [first, second] = await tested(context);
    expect(first).toMatchObject({ outcome: "failed" });
    expect(JSON.stringify(first)).toContain(words);
    expect(second?.outcome).toBe("not-tried");
  }
});

test("another organization's app is refused and teaches nothing", async () => {
  const { context, learnt } = await anOrg(org());
  const steps = await tested(context, { ...LOGIN, orgId: "00D9z0000099999" });
  expect(steps[1]).toMatchObject({ outcome: "failed", reason: expect.stringContaining("00D5g0000012345") });
  expect(learnt).toEqual({});
});

test("an org that answers something else than JSON is said to", async () => {
  const { context } = await anOrg(org({ "/userinfo": { status: 403, body: "Bad_OAuth_Token" } }));
  expect((await tested(context))[1]).toMatchObject({
    outcome: "failed",
    remedy: expect.stringContaining("openid"),
  });
});
