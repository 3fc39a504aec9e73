import { afterEach, expect, test } from "vitest";
import { ALL_EVENTS, startTenant, type Tenant } from "../start-tenant.ts";

let tenant: Tenant | undefined;
afterEach(() => tenant?.close());

const begin = (url: string, headers: Record<string, string>) =>
  fetch(`${url}/_control/interactions`, { method: "POST", headers, body: '{"mediaType":"chat"}' });

test("the sandbox's token and the workspace's own page steer the tenant, and nobody else", async () => {
  tenant = await startTenant({ controlToken: "steer" });
  const { url, broker } = tenant;
  const topic = broker.topic(ALL_EVENTS);
  const published = () => topic.indexBehind("latest") ?? 0;
  expect((await begin(url, {})).status).toBe(401);
  expect((await begin(url, { authorization: "Bearer guessed" })).status).toBe(401);
  expect(published()).toBe(0);
  expect((await begin(url, { authorization: "Bearer steer" })).status).toBe(200);
  expect((await begin(url, { "x-sandbox-desktop": "1" })).status).toBe(200);
  expect(published()).toBeGreaterThan(0);
});

test("the workspace's page comes with its styles and scripts", async () => {
  tenant = await startTenant();
  const { url } = tenant;
  const page = await (await fetch(`${url}/desktop`)).text();
  const parts = [...page.matchAll(/(?:href|src)="(\/desktop\/[^"]+)"/g)].map(([, path = ""]) => path);
  expect(parts.length).toBeGreaterThan(2);
  for (const path of parts) expect((await fetch(url + path)).status, path).toBe(200);
});
