import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_CLIENTS, DEMO_USERS } from "#/sandbox/genesys/organization/demo-organization.ts";
import { type Organization, startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import { takesPart } from "./takes-part.ts";

let organization: Organization;
beforeAll(async () => {
  organization = await startOrganization();
});
afterAll(() => organization.close());

const [kim, daniel] = DEMO_USERS.map(({ id }) => id);
const ask = (conversationId: string, agentId = "", credentials: object = {}) => {
  const [server] = DEMO_CLIENTS;
  const access = {
    connectionId: crypto.randomUUID(),
    fetch,
    now: () => Date.now(),
    wait: async () => {},
    quota: () => {},
    sandboxes: { genesys: organization.url },
  };
  const known = { environment: "sandbox" as const, clientId: server?.id, clientSecret: server?.secret };
  return takesPart(
    { credentials: { ...known, ...credentials }, access },
    { conversationId, agentId },
    AbortSignal.timeout(5_000),
  );
};

test("the organization knows its conversations and who takes part in them", async () => {
  const { id: conversationId } = organization.start({ userId: kim, text: "Hello" });
  expect(await ask(conversationId, kim)).toBe("yes");
  expect(await ask(conversationId, daniel)).toBe("no");
  expect(await ask(crypto.randomUUID(), kim)).toBe("no");
});

test("a name that is a path asks nothing and is nobody's conversation", async () => {
  for (const name of [".", "..", "messages", ""]) expect(await ask(name, kim)).toBe("no");
});

test("where the platform does not tell, nobody is called a stranger", async () => {
  const { id: conversationId } = organization.start({ userId: kim, text: "Hello" });
  expect(await ask(conversationId, daniel, { clientSecret: undefined })).toBe("unknown");
  expect(await ask(conversationId, daniel, { clientSecret: "wrong" })).toBe("unknown");
});
