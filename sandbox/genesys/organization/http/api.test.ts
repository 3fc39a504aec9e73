import { afterEach, beforeEach, expect, test } from "vitest";
import { KIM, type Tried, tryOrganization, WIDGET } from "../testing/try-organization.ts";

let organization: Tried;
beforeEach(async () => {
  organization = await tryOrganization({ settings: { ratePerMinute: 20 }, controlToken: "a-sandbox-token" });
});
afterEach(() => organization.close());

test("queues come in pages, and a removed one is gone", async () => {
  const all: unknown[] = [];
  let path = "/api/v2/routing/queues?pageSize=25&pageNumber=1";
  while (path) {
    const { body } = await organization.server("GET", path);
    all.push(...body.entities.map(({ id }) => id));
    path = String(body.nextUri ?? "");
  }
  expect(all).toHaveLength(63);
  expect(all).toContain("queue-billing");
  organization.removeQueue("queue-billing");
  const { body } = await organization.server("GET", "/api/v2/routing/queues?name=Bill*&pageSize=100");
  expect(body).toMatchObject({ total: 0, entities: [] });
});

test("client credentials have no user, and an agent has queues", async () => {
  expect((await organization.server("GET", "/api/v2/users/me")).status).toBe(400);
  const mine = await organization.agent(KIM.id)("GET", "/api/v2/routing/queues/me?joined=true");
  expect(mine.body.entities.map(({ id }) => id)).toEqual(["queue-care", "queue-billing", "queue-outages"]);
});

test("every answer says what is left of the minute, and too many are refused until it is over", async () => {
  const path = "/api/v2/organizations/me";
  const first = await organization.server("GET", path);
  expect(first.headers.get("inin-ratelimit-count")).toBe("1");
  expect(first.headers.get("inin-ratelimit-allowed")).toBe("20");
  for (let count = 2; count <= 20; count += 1) await organization.server("GET", path);
  organization.clock.advance(20_000);
  const refused = await organization.server("GET", path);
  expect(refused).toMatchObject({ status: 429, body: { code: "too.many.requests" } });
  expect(refused.headers.get("retry-after")).toBe("40");
  organization.clock.advance(40_000);
  expect((await organization.server("GET", path)).status).toBe(200);
});

test("a permission or scope that is missing is named", async () => {
  organization.faults.add({
    kind: "forbidden",
    path: "/api/v2/routing/queues",
    permission: "routing:queue:view",
    times: 1,
  });
  const refused = await organization.server("GET", "/api/v2/routing/queues");
  expect(refused).toMatchObject({ status: 403, body: { code: "not.authorized" } });
  expect(refused.body.message).toContain("routing:queue:view");
  expect((await organization.server("GET", "/api/v2/routing/queues")).status).toBe(200);
  organization.faults.setScopes(WIDGET.id, ["routing:readonly"]);
  const unscoped = await organization.agent(KIM.id)("POST", "/api/v2/notifications/channels");
  expect(unscoped).toMatchObject({ status: 403, body: { code: "missing.scope" } });
});

test("a page of any origin may call and read the limits", async () => {
  const preflight = await fetch(`${organization.url}/api/v2/users/me`, { method: "OPTIONS" });
  expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
  const { headers } = await organization.agent(KIM.id)("GET", "/api/v2/users/me");
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("access-control-expose-headers")).toContain("retry-after");
});

test("only the sandbox's token steers", async () => {
  const path = "/_control/conversations";
  const body = { userId: KIM.id, text: "hello" };
  expect((await organization.server("POST", path, body)).status).toBe(401);
  const started = await organization.as("a-sandbox-token")("POST", path, body);
  expect(started).toMatchObject({ status: 201, body: { agentState: "connected" } });
  const state = await organization.as("a-sandbox-token")("GET", "/_control/state");
  expect(state.body.conversations).toHaveLength(1);
  expect((await fetch(`${organization.url}/desktop/api/start`)).status).toBe(403);
});

test("an answer can be lost before or after its effect", async () => {
  const path = "/api/v2/notifications/channels";
  organization.faults.add({ kind: "error", status: 503, method: "POST", path, times: 1 });
  organization.faults.add({ kind: "error", method: "POST", path, times: 1, when: "after" });
  expect((await organization.server("POST", path)).status).toBe(503);
  expect(organization.world.channels.all()).toHaveLength(0);
  expect((await organization.server("POST", path)).status).toBe(502);
  expect(organization.world.channels.all()).toHaveLength(1);
  organization.faults.add({ kind: "hang-up", method: "POST", path, times: 1, when: "after" });
  await expect(organization.server("POST", path)).rejects.toThrow();
  expect(organization.world.channels.all()).toHaveLength(2);
});
