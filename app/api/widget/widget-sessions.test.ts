import { expect, test } from "vitest";
import type { Connection } from "#/lib/integrations/find-connection.ts";
import { createAgentSessions } from "#/lib/realtime/agent-session.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { openWidgetSession, renewWidgetSession, type SessionGround } from "./widget-sessions.ts";

const NOW = Date.UTC(2026, 10, 22, 9);
const connection: Connection = {
  id: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  publicId: "acme-calls",
  platform: "genesys",
  name: "Calls",
  active: true,
  sealed: {},
  settings: {},
  allowedOrigins: [],
  lastCheck: null,
  setup: {},
  lastEventAt: null,
  createdAt: new Date(NOW),
  updatedAt: new Date(NOW),
};

function ground(over: Partial<SessionGround> = {}): SessionGround {
  return {
    find: async (publicId) => (publicId === "acme-calls" ? connection : undefined),
    read: async () => connection,
    embedTokenOf: () => "the embed token",
    mayFollow: async () => true,
    agents: createAgentSessions("a secret of thirty-two characters", () => NOW),
    tokens: createWidgetTokens("a secret of thirty-two characters", () => NOW),
    realtimeUrl: "https://assist.example",
    ...over,
  };
}

const request = {
  platform: "genesys" as const,
  connection: "acme-calls",
  embedToken: "the embed token",
  conversationId: "call-1",
  agentId: "agent-1",
  agentName: "Robin",
};

test("the embed token opens one conversation, with its agent as a claim", async () => {
  const session = await openWidgetSession(request, ground());
  expect(session).toMatchObject({
    realtimeUrl: "https://assist.example",
    conversationId: "call-1",
    agent: { id: "agent-1", name: "Robin", claimed: true },
  });
  const { claims } = await ground().tokens.verify(session.token);
  expect(claims).toEqual({
    tenantId: connection.tenantId,
    connectionId: connection.id,
    platform: "genesys",
    conversationId: "call-1",
    agentId: "agent-1",
    agentName: "Robin",
    claimed: true,
    embedKey: expect.not.stringContaining("the embed token"),
  });
});

test("every cause of refusal reads the same", async () => {
  const refused = [
    () => openWidgetSession({ ...request, embedToken: "another" }, ground()),
    () => openWidgetSession({ ...request, embedToken: "" }, ground()),
    () => openWidgetSession({ ...request, connection: "unknown" }, ground()),
    () => openWidgetSession({ ...request, platform: "five9" }, ground()),
    // A connection that has no embed token is not opened by an empty one.
    () => openWidgetSession({ ...request, embedToken: "" }, ground({ embedTokenOf: () => undefined })),
    () => renewWidgetSession("no token", ground()),
    async () =>
      renewWidgetSession(
        (await openWidgetSession(request, ground())).token,
        ground({ read: async () => ({ ...connection, active: false }) }),
      ),
    // Replaced since: whoever holds the old token is out with the next renewal.
    async () =>
      renewWidgetSession(
        (await openWidgetSession(request, ground())).token,
        ground({ embedTokenOf: () => "another embed token" }),
      ),
  ];
  for (const each of refused)
    await expect(each()).rejects.toMatchObject({
      code: "unauthenticated",
      message: "This widget may not be opened with this token.",
    });
});

const signedIn = {
  tenantId: connection.tenantId,
  connectionId: connection.id,
  agentId: "agent-7",
  agentName: "Kim Doe",
  confirmed: true,
};

test("an agent who signed in is no claim, whoever the address names", async () => {
  const agentSession = (await ground().agents.mint(signedIn)).token;
  const session = await openWidgetSession({ ...request, agentSession }, ground());
  expect(session.agent).toEqual({ id: "agent-7", name: "Kim Doe", claimed: false });
  const { claims } = await ground().tokens.verify(session.token);
  expect(claims).toMatchObject({ agentId: "agent-7", agentName: "Kim Doe", claimed: false });
});

test("while nobody knows the tenant's organization, an agent who signed in stays a claim", async () => {
  const agentSession = (await ground().agents.mint({ ...signedIn, confirmed: false })).token;
  const session = await openWidgetSession({ ...request, agentSession }, ground());
  expect(session.agent).toMatchObject({ id: "agent-7", claimed: true });
});

test("an agent's session opens nothing of another connection, and nothing once it has ended", async () => {
  const foreign = { ...signedIn, connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a02" };
  const past = createAgentSessions("a secret of thirty-two characters", () => NOW - 13 * 3_600_000);
  const widgetToken = (await openWidgetSession(request, ground())).token;
  for (const agentSession of [
    (await ground().agents.mint(foreign)).token,
    (await past.mint(signedIn)).token,
    widgetToken,
    "",
  ])
    await expect(openWidgetSession({ ...request, agentSession }, ground())).rejects.toMatchObject({
      code: "unauthenticated",
    });
  // Nor does it stand in for the embed token.
  const agentSession = (await ground().agents.mint(signedIn)).token;
  await expect(
    openWidgetSession({ ...request, agentSession, embedToken: agentSession }, ground()),
  ).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(renewWidgetSession(agentSession, ground())).rejects.toMatchObject({ code: "unauthenticated" });
});

test("an agent's session ends where the connection is bound to another organization", async () => {
  const own = "5f1c2a52-5d0e-4f0e-8a44-2a4f9a5aabcd";
  const agentSession = (await ground().agents.mint({ ...signedIn, organizationId: own.toUpperCase() })).token;
  const boundTo = (organizationId: string) =>
    ground({ find: async () => ({ ...connection, settings: { organizationId } }) });
  const session = await openWidgetSession({ ...request, agentSession }, boundTo(own));
  expect(session.agent).toMatchObject({ id: "agent-7", claimed: false });
  const other = own.replace("5f", "6f");
  await expect(openWidgetSession({ ...request, agentSession }, boundTo(other))).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("another organization"),
  });
  // Where either side does not know its organization, nothing is compared.
  for (const [token, over] of [
    [agentSession, ground()],
    [(await ground().agents.mint(signedIn)).token, boundTo(other)],
  ] as const)
    expect((await openWidgetSession({ ...request, agentSession: token }, over)).agent).toMatchObject({
      id: "agent-7",
    });
});

test("an agent follows only conversations that the platform knows them in", async () => {
  const agentSession = (await ground().agents.mint(signedIn)).token;
  const asked: string[] = [];
  const strict = ground({
    mayFollow: async (_, conversationId, agentId) => {
      asked.push(`${agentId} in ${conversationId}`);
      return false;
    },
  });
  await expect(openWidgetSession({ ...request, agentSession }, strict)).rejects.toMatchObject({
    code: "not_found",
  });
  expect(asked).toEqual(["agent-7 in call-1"]);
});

test("a running session is renewed", async () => {
  const { token } = await openWidgetSession(request, ground());
  const renewed = await renewWidgetSession(token, ground());
  expect((await ground().tokens.verify(renewed.token)).claims.conversationId).toBe("call-1");
});

test("a running session is not renewed once its connection belongs to another organization", async () => {
  const boundTo = (organizationId: string) => {
    const bound = { ...connection, settings: { organizationId } };
    return ground({ find: async () => bound, read: async () => bound });
  };
  const first = "5f1c2a52-5d0e-4f0e-8a44-2a4f9a5aabcd";
  const { token } = await openWidgetSession(request, boundTo(first));
  expect(await renewWidgetSession(token, boundTo(first))).toMatchObject({ token: expect.any(String) });
  const moved = boundTo("5f1c2a52-5d0e-4f0e-8a44-2a4f9a5affff");
  await expect(renewWidgetSession(token, moved)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("where agents must sign in, nobody gets in on the address's word", async () => {
  const strict = { ...connection, settings: { agentsMustSignIn: true } };
  const over = ground({ find: async () => strict, read: async () => strict });
  await expect(openWidgetSession(request, over)).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("must sign in"),
  });
  const agent = { agentId: "kim", agentName: "Kim Doe", confirmed: true };
  const place = { tenantId: connection.tenantId, connectionId: connection.id };
  const agentSession = (await over.agents.mint({ ...place, ...agent })).token;
  const session = await openWidgetSession({ ...request, agentSession }, over);
  expect(session.agent).toEqual({ id: "kim", name: "Kim Doe", claimed: false });
  expect(await renewWidgetSession(session.token, over)).toMatchObject({ token: expect.any(String) });
  // Opened before the switch was: its claim is not carried on.
  const claimed = await openWidgetSession(request, ground());
  await expect(renewWidgetSession(claimed.token, over)).rejects.toMatchObject({ code: "unauthenticated" });
});
