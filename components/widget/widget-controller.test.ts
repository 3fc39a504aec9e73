import { afterEach, expect, test, vi } from "vitest";
import type { WidgetHandlers } from "#/lib/connectors/widget-provider.ts";
import type { DoorState, SignedInAgent, SignInDoor } from "#/lib/connectors/widget-sign-in.ts";
import { startWidget, type WidgetController } from "./widget-controller.ts";

const HOUR_MS = 3_600_000;

const agentOf = (id: string, endsAt = Date.now() + HOUR_MS): SignedInAgent => ({
  accessToken: `token of ${id}`,
  expiresAt: endsAt,
  user: { id },
  organization: { id: "org" },
  organizationConfirmed: true,
  agentSession: `session of ${id}`,
  agentSessionEndsAt: endsAt,
});

function aDoor(): SignInDoor {
  const listeners = new Set<() => void>();
  let state: DoorState = { kind: "out" };
  const show = (next: DoorState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open: () => {},
    openHere: () => {},
    enterCode: () => {},
    adopt: (agent) => show({ kind: "in", agent }),
    forget: (problem) => show({ kind: "out", problem }),
    stop: () => {},
  };
}

const running: WidgetController[] = [];

/** A widget whose server lets everybody in but those of `refused`; its sockets reach nobody. */
function aWidget(refused: readonly string[] = []) {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (_: string, { body = "" }: { body?: string }) => {
    const { agentSession, conversationId } = JSON.parse(body) as Record<string, string>;
    asked.push(agentSession ?? "a claim");
    if (agentSession && refused.includes(agentSession)) return new Response("{}", { status: 404 });
    return Response.json({
      token: "t",
      expiresInSeconds: 300,
      realtimeUrl: "http://127.0.0.1:9",
      conversationId,
    });
  });
  let handlers: WidgetHandlers | undefined;
  const door = aDoor();
  const controller = startWidget({
    platform: "genesys",
    connection: "larkfield",
    speak: () => {},
    address: { embedToken: "embed", parameters: {} },
    source: {
      door,
      provider: {
        start: (given) => {
          handlers = given;
          return () => {};
        },
      },
    },
  });
  running.push(controller);
  return {
    asked,
    door,
    controller,
    show: (conversationId: string) => handlers?.onContext({ conversationId }),
  };
}

afterEach(() => {
  for (const controller of running.splice(0)) controller.stop();
  vi.unstubAllGlobals();
});

test("another agent in the same frame opens the conversation anew, in the own name", async () => {
  const { asked, door, controller, show } = aWidget();
  door.adopt(agentOf("kim"));
  show("chat-1");
  await vi.waitFor(() => expect(controller.state().talk?.link).toBeDefined());
  const { link: kims, store } = controller.state().talk ?? {};
  // The same agent again changes nothing.
  door.adopt(agentOf("kim"));
  expect(controller.state().talk?.link).toBe(kims);
  door.adopt(agentOf("daniel"));
  expect(controller.state().talk?.link).toBeUndefined();
  await vi.waitFor(() => expect(controller.state().talk?.link).toBeDefined());
  expect(controller.state().talk?.link).not.toBe(kims);
  expect(controller.state().talk?.store).not.toBe(store);
  expect(asked).toEqual(["session of kim", "session of daniel"]);
});

test("a conversation that was refused is asked for again once somebody else has signed in", async () => {
  const { asked, door, controller, show } = aWidget(["session of kim"]);
  door.adopt(agentOf("kim"));
  show("chat-1");
  await vi.waitFor(() => expect(controller.state().talk?.status.state).toBe("refused"));
  door.adopt(agentOf("daniel"));
  await vi.waitFor(() => expect(controller.state().talk?.link).toBeDefined());
  expect(asked).toEqual(["session of kim", "session of daniel"]);
});

test("a sign-in that has ended asks for another one, and never turns into a claim", async () => {
  const { asked, door, controller, show } = aWidget();
  door.adopt(agentOf("kim", Date.now() - 1));
  show("chat-1");
  await vi.waitFor(() => expect(controller.state().talk?.status.state).toBe("refused"));
  const problem = "Your sign-in has ended. Sign in again.";
  expect(controller.state()).toMatchObject({
    provider: { state: "signed-out", problem },
    door: { kind: "out", problem },
  });
  door.adopt(agentOf("kim"));
  await vi.waitFor(() => expect(controller.state().talk?.link).toBeDefined());
  expect(asked).toEqual(["session of kim"]);
});
