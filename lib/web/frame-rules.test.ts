import { expect, test } from "vitest";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { REGIONS } from "#/lib/connectors/genesys/api/hosts.ts";
import { frameRuleFor } from "./frame-rules.ts";

const connection = {
  platform: "genesys" as const,
  allowedOrigins: ["https://desk.acme.example", "http://localhost:3100", "https://*.acme.example"],
  settings: {},
};
const ground = (over: Partial<typeof connection> & { settings?: Record<string, unknown> } = {}) => ({
  find: async (publicId: string) => (publicId === "known" ? { ...connection, ...over } : undefined),
  sandboxes: {},
});

test("a known connection is framed by its platform's hosts and by its own origins", async () => {
  const { ancestors, connect } = await frameRuleFor("genesys", "known", ground());
  expect(ancestors.split(" ")).toEqual([
    ...manifestOf("genesys").frameAncestors,
    ...connection.allowedOrigins,
  ]);
  expect(connect).toEqual([]);
});

test("an unknown connection and one of another platform are framed by nobody", async () => {
  const none = { ancestors: "'none'", connect: [] };
  expect(await frameRuleFor("genesys", "unknown", ground())).toEqual(none);
  expect(await frameRuleFor("five9", "known", ground())).toEqual(none);
  expect(await frameRuleFor("nothing", "callback", ground())).toEqual(none);
});

test("what is no origin cannot smuggle a rule into the policy", async () => {
  const typed = ["https://a.example; script-src *", "*", "javascript:alert(1)"];
  const { ancestors } = await frameRuleFor("genesys", "known", ground({ allowedOrigins: typed }));
  expect(ancestors).toBe(manifestOf("genesys").frameAncestors.join(" "));
});

test("a widget with a sign-in may reach its own region's servers, and no other's", async () => {
  const settings = { environment: "eu-west-1", clientId: "client-1" };
  const { connect } = await frameRuleFor("genesys", "known", ground({ settings }));
  expect(connect).toEqual([
    "https://api.mypurecloud.ie",
    "https://login.mypurecloud.ie",
    "wss://streaming.mypurecloud.ie",
  ]);
});

test("where the sandbox plays the platform, its desktop may frame the widget and its servers be reached", async () => {
  const settings = { environment: "sandbox", agentClientId: "client-1" };
  const sandbox = { ...ground({ settings }), sandboxes: { genesys: "http://localhost:3101" } };
  const { ancestors, connect } = await frameRuleFor("genesys", "known", sandbox);
  expect(ancestors.split(" ")).toContain("http://localhost:3101");
  expect(connect).toEqual(["http://localhost:3101", "http://localhost:3101", "ws://localhost:3101"]);
  const off = await frameRuleFor("genesys", "known", ground({ settings }));
  expect(off.ancestors).not.toContain("localhost:3101");
  expect(off.connect).toEqual([]);
});

test("each region's desktop may frame the widget, the hosts of single organizations included", () => {
  const { frameAncestors } = manifestOf("genesys");
  for (const { domain } of Object.values(REGIONS))
    expect(frameAncestors).toEqual(expect.arrayContaining([`https://apps.${domain}`, `https://*.${domain}`]));
});

test("the sandbox's host page may frame any widget where the sandbox is on", async () => {
  const { ancestors } = await frameRuleFor("genesys", "known", {
    ...ground(),
    hostPage: "http://localhost:3199",
  });
  expect(ancestors.split(" ")).toContain("http://localhost:3199");
});
