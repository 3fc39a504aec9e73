import { afterEach, expect, test } from "vitest";
import { type RunningOrg, startOrg } from "./start-org.ts";

let running: RunningOrg | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function anOrg() {
  running = await startOrg({ exchangeSecret: "secret", controlToken: "the sandbox's own token" });
  const { url, org } = running;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });
  const login = (form: Record<string, string>) =>
    fetch(`${url}/services/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
  return { url, org, get, login };
}

const CLIENT = {
  grant_type: "client_credentials",
  client_id: "sandbox-consumer-key",
  client_secret: "sandbox-consumer-secret",
};

test("a connected app signs in, learns its org and lists queues; a wrong one is told why", async () => {
  const { get, login, org } = await anOrg();
  const { access_token } = (await (await login(CLIENT)).json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  expect(await (await get("/services/oauth2/userinfo", headers)).json()).toMatchObject({
    organization_id: org.settings.orgId,
  });
  const soql = encodeURIComponent("SELECT Id, Name FROM Group WHERE Type = 'Queue'");
  const found = (await (await get(`/services/data/v60.0/query?q=${soql}`, headers)).json()) as object;
  expect(found).toMatchObject({ done: true, records: [{ Name: "Delivery" }, { Name: "Payments" }] });
  for (const [wrong, error] of [
    [{ ...CLIENT, client_id: "x" }, "invalid_client_id"],
    [{ ...CLIENT, client_secret: "x" }, "invalid_client"],
    [{ ...CLIENT, grant_type: "password" }, "unsupported_grant_type"],
  ] as const)
    expect(await (await login(wrong)).json()).toMatchObject({ error });
  expect((await get("/services/oauth2/userinfo")).status).toBe(403);
});

test("the console serves the package's own files with everything filled in", async () => {
  const { get, org } = await anOrg();
  const { id } = org.startSession({ text: "Hello" });
  const page = await (await get(`/apex/AgentAssist?id=${id}`)).text();
  expect(page).toContain("AgentAssistBridge.start");
  expect(page).not.toMatch(/\{!|<apex:/);
  const component = await (await get("/package/lwc/agentAssist/agentAssist.js")).text();
  expect(component).toContain("createConversation");
  expect(component).not.toMatch(/@(api|wire)/);
  expect((await get("/package/lwc/agentAssist/..%2f..%2fsfdx-project")).status).toBe(404);
});

test("only the sandbox's token steers, and only the org's own pages ask it", async () => {
  const { get } = await anOrg();
  expect((await get("/_control/state")).status).toBe(401);
  expect((await get("/_control/state", { authorization: "Bearer the sandbox's own token" })).status).toBe(
    200,
  );
  expect((await get("/console/api/start")).status).toBe(403);
});

test("the log holds the last 200 messages, and a session that is not active takes no reply", async () => {
  const { get, org } = await anOrg();
  const { id } = org.startSession({});
  expect(() => org.agentWrites(id, "Hello")).toThrow("not active");
  for (let line = 0; line < 205; line += 1) org.customerWrites(id, `line ${line}`);
  const answer = await get(`/console/api/sessions/${id}/log`, { "x-sandbox-console": "1" });
  const { messages } = (await answer.json()) as { messages: { content: string }[] };
  expect([messages.length, messages[0]?.content]).toEqual([200, "line 5"]);
});
