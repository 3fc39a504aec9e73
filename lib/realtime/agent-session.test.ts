import { expect, test } from "vitest";
import { createAgentSessions } from "./agent-session.ts";

test("an agent with a name longer than a token takes is signed in all the same", async () => {
  const agents = createAgentSessions("a secret of thirty-two characters", () => Date.UTC(2026, 10, 22));
  const claims = {
    tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
    connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
    agentId: "agent-7",
    confirmed: true,
  };
  const { token } = await agents.mint({ ...claims, agentName: "Kim ".repeat(100) });
  expect(await agents.verify(token)).toEqual({ ...claims, agentName: "Kim ".repeat(50) });
  expect(await agents.verify((await agents.mint(claims)).token)).toEqual(claims);
});
