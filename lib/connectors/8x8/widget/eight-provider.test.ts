import { expect, test, vi } from "vitest";
import type { WidgetContext, WidgetMessage } from "../../widget-provider.ts";
import { createEightProvider, eightProvider } from "./eight-provider.ts";

const event = (eventName: string, value: unknown) => ({
  type: "event",
  message: { eventName, value },
  schemaVersion: "1.0.0",
});

/** A widget in a workspace that a test speaks for. */
function aWidget(parameters: Record<string, string>, inboundEvent?: string) {
  let say: (data: unknown) => void = () => {};
  let tick = () => {};
  let minute = 0;
  const sdk = {
    system: {
      initialise: ({ onMessage }: { onMessage(data: unknown): void }) => {
        say = onMessage;
      },
      getContext: vi.fn(),
      getEvents: vi.fn(),
      sendEvent: vi.fn(),
    },
    activity: { signal: vi.fn(), idle: vi.fn() },
    close: vi.fn(),
  };
  const provider = createEightProvider({
    parameters,
    setup: { hosts: {}, ...(inboundEvent && { names: { inboundEvent } }) },
    openSdk: () => sdk,
    every: (_ms, run) => {
      tick = run;
      return () => {};
    },
    now: () => Date.UTC(2026, 2, 2, 10, minute++),
  });
  const contexts: WidgetContext[] = [];
  const messages: WidgetMessage[] = [];
  const onAgent = vi.fn();
  const onEnded = vi.fn();
  const onUnknown = vi.fn();
  const onAppearance = vi.fn();
  const stop = provider.start({
    onContext: (context) => void contexts.push(context),
    onMessage: (message) => void messages.push(message),
    onAgent,
    onEnded,
    onUnknown,
    onAppearance,
  });
  const handlers = { onAgent, onEnded, onUnknown, onAppearance };
  return {
    provider,
    sdk,
    say: (data: unknown) => say(data),
    tick: () => tick(),
    contexts,
    messages,
    stop,
    ...handlers,
  };
}

test("an interaction in the address is followed at once, with the agent in it as a claim", () => {
  const { contexts, onAgent } = aWidget({ iid: "int-1", aid: "ag1" });
  expect(contexts).toEqual([{ conversationId: "int-1", agent: { id: "ag1" } }]);
  expect(onAgent).toHaveBeenCalledWith(["ag1"]);
});

test("placeholders that the workspace did not fill in name nobody", () => {
  const { contexts, onAgent } = aWidget({ iid: "{{interactionId}}", aid: "%AID%" });
  expect(contexts).toEqual([]);
  expect(onAgent).not.toHaveBeenCalled();
});

test("with an agent alone, every name that the workspace has for the agent is told", () => {
  const { onAgent, say } = aWidget({ aid: "ag1" });
  say(
    event("global-user-details-v1", {
      userId: "u-1",
      loginId: "Robin",
      email: "robin@acme.test",
      firstName: "R",
    }),
  );
  expect(onAgent).toHaveBeenLastCalledWith(["ag1", "u-1", "Robin", "robin@acme.test"]);
});

test("the workspace's events bring conversation, queue, channel and language, and its end", () => {
  const { contexts, onEnded, say, sdk, onAppearance } = aWidget({ aid: "ag1" });
  say({
    type: "response",
    message: { namespace: "system", request: "getContext", value: { locale: "es-ES", theme: "dark" } },
  });
  expect(onAppearance).toHaveBeenCalledWith({ theme: "dark", locale: "es-ES" });
  say(
    event("aw-interaction-started-v1", {
      interactionId: "int-2",
      interactionType: "phone",
      queueId: "2101",
      queueName: "Billing",
    }),
  );
  expect(contexts).toEqual([
    {
      conversationId: "int-2",
      agent: { id: "ag1" },
      channel: "voice",
      queue: { id: "2101", name: "Billing" },
      language: "es-ES",
    },
  ]);
  say(event("aw-interaction-ended-v1", { interactionId: "int-2" }));
  expect(onEnded).toHaveBeenCalledWith("int-2", "ended", "2026-03-02T10:00:00.000Z");
  expect(sdk.activity.idle).toHaveBeenCalledTimes(1);
});

test("an interaction that starts again after its end is another part of it; looking at it again is none", () => {
  const { contexts, onEnded, say, sdk } = aWidget({ aid: "ag1" });
  const said = { interactionId: "int-2" };
  say(event("aw-interaction-started-v1", said));
  say(event("aw-interaction-ended-v1", said));
  say(event("aw-interaction-focus-v3", said));
  expect(sdk.activity.idle).toHaveBeenCalledTimes(1);
  say(event("aw-interaction-started-v1", said));
  say(event("aw-interaction-ended-v1", said));
  const reopened = "2026-03-02T10:01:00.000Z";
  expect(contexts.map(({ reopenedAt }) => reopenedAt)).toEqual([undefined, undefined, reopened]);
  expect(onEnded.mock.calls.map(([, , at]) => at)).toEqual([
    "2026-03-02T10:00:00.000Z",
    "2026-03-02T10:02:00.000Z",
  ]);
});

test("activity is signalled while a conversation is live and not after", () => {
  const { sdk, say, tick } = aWidget({ iid: "int-1" });
  sdk.activity.signal.mockClear();
  tick();
  expect(sdk.activity.signal).toHaveBeenCalledTimes(1);
  say(event("aw-interaction-ended-v1", { interactionId: "int-1" }));
  tick();
  expect(sdk.activity.signal).toHaveBeenCalledTimes(1);
});

test("a chat's history, the agent's words and, where an event is agreed, the customer's are forwarded", () => {
  const { messages, say } = aWidget({ iid: "int-3" }, "acme-chat-inbound-v1");
  say(event("global-user-details-v1", { userId: "u-1" }));
  const said = (id: string, rawMessage: string, authorId: string) => ({
    id,
    rawMessage,
    timestamp: 1_772_445_590_123,
    type: "text",
    author: { id: authorId },
  });
  say(
    event("aw-chat-init-v1", {
      interactionId: "int-3",
      messages: [said("m1", "Hi", "c-9"), said("m2", "Hello", "U-1")],
    }),
  );
  say(event("aw-chat-message-sent-v1", { interactionId: "int-3", message: said("m3", "One moment", "u-1") }));
  say(event("acme-chat-inbound-v1", { interactionId: "int-3", message: said("m4", "Thanks", "c-9") }));
  expect(messages.map(({ messageId, from }) => `${messageId} ${from}`)).toEqual([
    "m1 customer",
    "m2 agent",
    "m3 agent",
    "m4 customer",
  ]);
  expect(messages[0]?.at).toBe("2026-03-02T09:59:50.123Z");
});

test("insert goes to the interaction on screen by the documented event", () => {
  const { provider, sdk } = aWidget({ iid: "int-3" });
  provider.insert?.("It drops off by itself.");
  expect(sdk.system.sendEvent).toHaveBeenCalledWith("aw-chat-message-received-v1", {
    interactionId: "int-3",
    message: "It drops off by itself.",
    schemaVersion: "1.0.0",
  });
});

test("an event or a shape that nobody has heard of is sampled and breaks nothing", () => {
  const { onUnknown, contexts, say } = aWidget({ aid: "ag1" });
  for (const rubbish of [null, 7, "x", {}, { type: "event" }, { type: "error" }]) say(rubbish);
  expect(onUnknown).not.toHaveBeenCalled();
  say(event("aw-hold-v1", { interactionId: "int-1" }));
  expect(onUnknown).not.toHaveBeenCalled();
  say(event("aw-teleported-v1", { a: 1 }));
  say(event("aw-interaction-started-v1", { interactionId: 7 }));
  expect(onUnknown.mock.calls.map(([sample]) => sample.topic)).toEqual([
    "aw-teleported-v1",
    "aw-interaction-started-v1",
  ]);
  expect(contexts).toEqual([]);
});

test("an address without iid and aid is any other page's", () => {
  expect(eightProvider.fits({ conversationId: "c1" })).toBe(false);
  expect(eightProvider.fits({ aid: "ag1" })).toBe(true);
});
