import { expect, test } from "vitest";
import type { ProviderState, WidgetContext, WidgetMessage } from "../../widget-provider.ts";
import type { CrmSdk } from "./crm-sdk.ts";
import { createFive9Provider, five9Provider } from "./five9-provider.ts";
import { widgetSide } from "./widget-side.ts";

type Listener = (...params: unknown[]) => void;

/** The SDK's surface as the contract has it, driven by a test. */
function fakeSdk() {
  const listeners: Record<string, Listener> = {};
  const wsListeners: Record<string, Listener> = {};
  const hooks: Record<string, (params: unknown) => unknown> = {};
  let subscriptions = 0;
  const sdk: CrmSdk = {
    interactionApi: () => ({
      subscribe: (given) => {
        subscriptions += 1;
        Object.assign(listeners, given);
      },
      subscribeWsEvent: (given) => Object.assign(wsListeners, given),
      getMetadata: async () => ({ agentId: 310001, tenantId: 131745 }),
      executeRestApi: async () => ({ status: 200, response: JSON.stringify({ fullName: "Kim Doe" }) }),
      getDispositions: async () => [{ id: 9, name: "Resolved" }],
      setDisposition: async () => undefined,
    }),
    hookApi: () => ({ registerApi: (given) => Object.assign(hooks, given) }),
    HookStatusCode: { Proceed: "Proceed", ProceedWithParams: "ProceedWithParams" },
  };
  const say = (name: string, params: unknown) => listeners[name]?.(params);
  return { sdk, say, wsListeners, hooks, listeners, subscriptions: () => subscriptions };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

async function running(
  settings: object = {},
  parameters: Record<string, string> = {},
  sdk: CrmSdk | undefined = undefined,
) {
  const kit = fakeSdk();
  const setup = widgetSide.setup(widgetSide.credentials.parse(settings), {});
  if (!setup) throw new Error("no setup");
  const seen = {
    contexts: [] as WidgetContext[],
    messages: [] as WidgetMessage[],
    ended: [] as string[],
    endedAt: [] as (string | undefined)[],
    unknown: [] as string[],
    states: [] as ProviderState[],
  };
  let minute = 0;
  const provider = createFive9Provider({
    setup,
    parameters,
    loadSdk: async () => sdk ?? kit.sdk,
    now: () => Date.UTC(2026, 2, 2, 10, minute++),
  });
  const stop = provider.start({
    onContext: (context) => seen.contexts.push(context),
    onMessage: (message) => seen.messages.push(message),
    onEnded: (id, _reason, at) => {
      seen.ended.push(id);
      seen.endedAt.push(at);
    },
    onUnknown: ({ topic }) => seen.unknown.push(topic),
    onState: (state) => seen.states.push(state),
  });
  await settle();
  return { ...kit, provider, stop, seen };
}

const CALL = { interactionId: "300000000000001", skillId: 250002, skillName: "Billing", sessionId: "S1" };
const KIM = { id: "310001", name: "Kim Doe" };

test("a call that the toolkit announces is shown with its skill and the agent of the session", async () => {
  const { say, seen } = await running();
  say("callStarted", { callData: CALL });
  expect(seen.contexts).toEqual([
    {
      conversationId: "300000000000001",
      channel: "voice",
      queue: { id: "250002", name: "Billing" },
      agent: KIM,
    },
  ]);
});

test("what the toolkit says again after a refresh changes nothing, and a call ends once", async () => {
  const { say, seen, subscriptions } = await running();
  for (const name of ["callStarted", "callAccepted", "callStarted"]) say(name, { callData: CALL });
  for (const name of ["callEnded", "callFinished"]) say(name, { callData: CALL, callLogData: {} });
  say("callAccepted", { callData: CALL });
  expect(seen.contexts).toHaveLength(1);
  expect(seen.ended).toEqual(["300000000000001"]);
  expect(subscriptions()).toBe(1);
});

test("a chat that comes back from a transfer is shown again, and its second end is another one", async () => {
  const { say, seen } = await running();
  const chatData = { interactionId: "c1" };
  for (const name of [
    "chatOffered",
    "chatAccepted",
    "chatTransferred",
    "chatOffered",
    "chatAccepted",
    "chatEnded",
  ])
    say(name, { chatData });
  expect(seen.contexts.map(({ reopenedAt }) => reopenedAt)).toEqual([undefined, "2026-03-02T10:01:00.000Z"]);
  expect(seen.ended).toEqual(["c1", "c1"]);
  expect(seen.endedAt).toEqual(["2026-03-02T10:00:00.000Z", "2026-03-02T10:02:00.000Z"]);
});

test("the field with the call's id is the connection's own", async () => {
  const { say, seen } = await running({ callIdField: "sessionId" });
  say("callAccepted", { callData: CALL });
  expect(seen.contexts[0]?.conversationId).toBe("S1");
});

test("every name of the SDK's events has a listener", async () => {
  const { listeners } = await running();
  expect(Object.keys(listeners).sort()).toEqual(
    [
      ...["callStarted", "callAccepted", "callRejected", "callEnded", "callFinished"],
      ...["chatOffered", "chatAccepted", "chatRejected", "chatTransferred", "chatEnded", "chatFinished"],
      ...["emailOffered", "emailAccepted", "emailRejected", "emailTransferred", "emailFinished"],
      "objectSelected",
    ].sort(),
  );
});

test("the connector's parameters show the call before and without the toolkit, and only claim the agent", async () => {
  const { seen } = await running(
    {},
    { call_id: "42", agentid: "7", agentName: "Ann", skill_name: "Sales" },
    {},
  );
  expect(seen.contexts).toEqual([{ conversationId: "42", agent: { id: "7", name: "Ann" } }]);
  expect(seen.states).toEqual([{ state: "ready" }]);
});

test("a skill's name stands in for its id only where no voice stream tells that", async () => {
  const { seen } = await running({ voice: false }, { callId: "42", skill: "Sales" }, {});
  expect(seen.contexts[0]?.queue).toEqual({ id: "Sales", name: "Sales" });
});

test("the toolkit's agent stands above the connector's", async () => {
  const { seen } = await running({}, { callId: "42", agentId: "7" });
  expect(seen.contexts.at(-1)?.agent).toEqual(KIM);
});

test("chats have a life cycle; their messages come by the event that the settings name", async () => {
  const { say, wsListeners, seen } = await running({ chatEventId: "20001" });
  say("chatOffered", { chatData: { interactionId: "c1", skillName: "Sales" } });
  const message = { messageId: "m1", text: "Hello", from: "CUSTOMER", timestamp: 1_760_000_000_000 };
  wsListeners["20001"]?.({ interactionId: "c1", ...message }, {});
  wsListeners["20001"]?.({ odd: true }, {});
  say("chatTransferred", { chatData: { interactionId: "c1" } });
  expect(seen.contexts.at(-1)).toMatchObject({ conversationId: "c1", channel: "chat" });
  expect(seen.messages).toEqual([
    {
      conversationId: "c1",
      messageId: "m1",
      from: "customer",
      text: "Hello",
      at: "2025-10-09T08:53:20.000Z",
    },
  ]);
  expect(seen.unknown).toEqual(["20001"]);
  expect(seen.ended).toEqual(["c1"]);
});

test.each([
  ["an SDK of 2019 without hooks", { interactionApi: fakeSdk().sdk.interactionApi }],
  [
    "an SDK whose factories throw",
    {
      interactionApi: () => {
        throw new Error("not here");
      },
    },
  ],
  ["an SDK with nothing in it", {}],
])("%s takes nothing else along", async (_name, sdk) => {
  const { seen } = await running(
    { saveSummary: true, summaryField: "Notes" },
    { callId: "1" },
    sdk as CrmSdk,
  );
  expect(seen.contexts[0]?.conversationId).toBe("1");
  expect(seen.states).toEqual([{ state: "ready" }]);
});

test("without a toolkit and without parameters the agent is told", async () => {
  const provider = createFive9Provider({
    setup: { hosts: {} },
    parameters: {},
    loadSdk: async () => Promise.reject(new Error("The Agent Desktop Toolkit could not be loaded.")),
    now: () => 0,
  });
  const states: ProviderState[] = [];
  provider.start({ onContext: () => {}, onMessage: () => {}, onState: (state) => states.push(state) });
  await settle();
  expect(states).toEqual([{ state: "failed", detail: "The Agent Desktop Toolkit could not be loaded." }]);
});

test("a summary goes into the log that the desktop saves, once, and only into its own call's", async () => {
  const { say, hooks, provider } = await running({ saveSummary: true, summaryField: "Notes" });
  say("callAccepted", { callData: CALL });
  const signal = new AbortController().signal;
  expect(await provider.writeBack?.wrapUpCodes?.("300000000000001", signal)).toEqual([
    { id: "9", name: "Resolved" },
  ]);
  const wrapUp = { codeId: "9", codeName: "Resolved", notes: "Parcel found.", provisional: false };
  const saved = provider.writeBack?.saveWrapUp?.("300000000000001", wrapUp, signal);
  await settle();
  expect(hooks.beforeSaveLog?.({ interactionData: { interactionId: "other" } })).toEqual({
    status: { statusCode: "Proceed" },
  });
  expect(hooks.beforeSaveLog?.({ interactionData: CALL })).toEqual({
    status: { statusCode: "ProceedWithParams" },
    newFields: { Notes: "Parcel found." },
  });
  expect(await saved).toEqual({ kind: "sent", platformId: "300000000000001" });
  expect(hooks.beforeSaveLog?.({ interactionData: CALL })).toEqual({ status: { statusCode: "Proceed" } });
});

test("a summary that the desktop has not saved yet is not said to be sent, and still goes in later", async () => {
  const { say, hooks, provider } = await running({ saveSummary: true, summaryField: "Notes" });
  say("callAccepted", { callData: CALL });
  const patience = new AbortController();
  const wrapUp = { codeId: "", codeName: "", notes: "Late.", provisional: false };
  const saved = provider.writeBack?.saveWrapUp?.("300000000000001", wrapUp, patience.signal);
  await settle();
  patience.abort();
  expect(await saved).toMatchObject({ kind: "unknown" });
  expect(hooks.beforeSaveLog?.({ interactionData: CALL })).toMatchObject({ newFields: { Notes: "Late." } });
});

test("the hook is left alone where no admin has switched it on", async () => {
  const { hooks, provider } = await running();
  expect(hooks).toEqual({});
  expect(provider.writeBack).toBeUndefined();
});

test("a page that is no Five9 desktop is left to tell by itself what it shows", () => {
  expect(five9Provider.fits({})).toBe(false);
  expect(five9Provider.fits({ conversationId: "c" })).toBe(false);
  expect(five9Provider.fits({ call_id: "1" })).toBe(true);
  expect(five9Provider.fits({ desktop: "five9" })).toBe(true);
});

test("nothing is told after the widget has stopped", async () => {
  const { say, seen, stop } = await running();
  stop();
  say("callAccepted", { callData: CALL });
  expect(seen.contexts).toEqual([]);
});
