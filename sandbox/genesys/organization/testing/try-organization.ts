import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import { type ManualClock, manualClock } from "../clock.ts";
import { DEMO_CLIENTS, DEMO_USERS } from "../demo-organization.ts";
import { type Organization, type OrganizationOptions, startOrganization } from "../start-organization.ts";

export const [SERVER, WIDGET] = DEMO_CLIENTS as [(typeof DEMO_CLIENTS)[0], (typeof DEMO_CLIENTS)[0]];
export const [KIM, DANIEL] = DEMO_USERS as [(typeof DEMO_USERS)[0], (typeof DEMO_USERS)[0]];
export const ROBIN = DEMO_USERS.at(-1) as (typeof DEMO_USERS)[0];
export const CALLBACK = "http://localhost:3000/widget/genesys/callback";

export type Frame = { topicName: string; eventBody: Record<string, unknown> };
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; headers: Headers; body: Record<string, unknown> & { entities: Entity[] } }>;
type Entity = Record<string, unknown>;

export type Tried = Organization & {
  clock: ManualClock;
  as(token: string): Caller;
  agent(userId: string): Caller;
  server: Caller;
  listen(uri: string): Promise<{ socket: WebSocket; frames: Frame[] }>;
};

/** An organization on a free port with a clock of its own, and callers that hold its tokens. */
export async function tryOrganization(options: OrganizationOptions = {}): Promise<Tried> {
  const clock = manualClock();
  const organization = await startOrganization({ clock, seed: 7, ...options });
  const as =
    (token: string): Caller =>
    async (method, path, body) => {
      const response = await fetch(organization.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
    };
  return {
    ...organization,
    clock,
    as,
    agent: (userId) => as(organization.agentToken(userId).value),
    server: as(organization.world.tokens.issue(SERVER).value),
    async listen(uri) {
      const frames: Frame[] = [];
      const socket = new WebSocket(uri);
      socket.on("message", (payload) => frames.push(JSON.parse(String(payload))));
      await once(socket, "open");
      return { socket, frames };
    },
  };
}

/** A channel with these topics, and what is heard on it. */
export async function subscribed(organization: Tried, caller: Caller, topics: readonly string[]) {
  const { body } = await caller("POST", "/api/v2/notifications/channels");
  const path = `/api/v2/notifications/channels/${body.id}/subscriptions`;
  await caller(
    "PUT",
    path,
    topics.map((id) => ({ id })),
  );
  return {
    id: String(body.id),
    path,
    uri: String(body.connectUri),
    ...(await organization.listen(String(body.connectUri))),
  };
}

export function pkce() {
  const verifier = randomBytes(40).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}
