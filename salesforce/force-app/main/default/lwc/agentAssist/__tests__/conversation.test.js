import { createConversation } from "../conversation";

const RECORD = "0Mw5g000000ABCDCA4";
const AT = Date.parse("2026-03-02T10:00:00Z");

function aConversation(changes = {}) {
  const said = [];
  const log = [];
  const sent = [];
  const conversation = createConversation({
    recordId: RECORD,
    instance: "component-1",
    publish: (record) => said.push(record),
    readLog: async () => ({ messages: [...log] }),
    sendText: async (text) => sent.push(text),
    insertText: async () => true,
    saveSummary: async () => ({}),
    describe: async () => ({ queue: { id: "00G", name: "Delivery" } }),
    wait: () => new Promise((resolve) => setTimeout(resolve, 0)),
    now: () => AT,
    counts: undefined,
    ...changes,
  });
  const bodies = (type) => said.filter((record) => record.type === type).map(({ body }) => JSON.parse(body));
  const command = (body, to = "component-1") =>
    conversation.received({
      recordId: RECORD,
      to,
      from: "page",
      type: "command",
      body: JSON.stringify(body),
    });
  const sync = () =>
    conversation.received({ recordId: RECORD, to: "component", from: "page", type: "sync", body: "{}" });
  return { conversation, said, log, sent, bodies, command, sync };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const event = (content, timestamp = AT, recordId = RECORD) => ({ recordId, content, name: "x", timestamp });

test("backfills from the log, follows live, and tells all again when the page asks", async () => {
  const { conversation, log, bodies, sync } = aConversation();
  log.push({ content: "Hello", type: "END_USER", timestamp: AT });
  await conversation.start();
  conversation.heard(event("Hello"), "END_USER");
  conversation.heard(event("Good day", AT + 5_000), "AGENT");
  expect(bodies("message").map(({ from, text }) => [from, text])).toEqual([
    ["customer", "Hello"],
    ["agent", "Good day"],
  ]);
  sync();
  await settled();
  const ids = bodies("message").map(({ messageId }) => messageId);
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(2);
  expect(bodies("context").at(-1)).toEqual({ queue: { id: "00G", name: "Delivery" } });
});

test("messages that come while the log is read are told once", async () => {
  let release;
  const gate = new Promise((resolve) => {
    release = resolve;
  });
  const { conversation, bodies } = aConversation({
    readLog: async () => {
      await gate;
      return { messages: [{ content: "Early", type: "END_USER", timestamp: AT }] };
    },
  });
  const started = conversation.start();
  conversation.heard(event("Early", AT + 40), "END_USER");
  conversation.heard(event("Later", AT + 9_000), "END_USER");
  expect(bodies("message")).toEqual([]);
  release();
  await started;
  expect(bodies("message").map(({ text }) => text)).toEqual(["Early", "Later"]);
});

test("the queue is told before the messages, and a slow one does not hold them for ever", async () => {
  const entry = { content: "Hello", type: "END_USER", timestamp: AT };
  for (const [describe, order] of [
    [async () => ({ queue: { id: "00G" } }), ["here", "context", "message"]],
    [() => new Promise(() => {}), ["here", "message"]],
  ]) {
    const { conversation, said, log } = aConversation({ describe });
    log.push(entry);
    await conversation.start();
    expect(said.map(({ type }) => type)).toEqual(order);
  }
});

test("other records' events, bots and our channel's other users change nothing", async () => {
  const { conversation, bodies, sent, command } = aConversation();
  await conversation.start();
  conversation.heard(event("Hello", AT, "0Mw000000000000AAA"), "END_USER");
  conversation.heard(event("Hello"), "SYSTEM");
  conversation.ended({ recordId: "0Mw000000000000AAA" });
  command({ id: "1", what: "send", text: "Hello" }, "component-2");
  await settled();
  expect([bodies("message"), bodies("ended"), sent]).toEqual([[], [], []]);
});

test("without a log it goes on with live messages, and the log fills in what it lacked", async () => {
  let able = false;
  const { conversation, bodies, sync } = aConversation({
    readLog: async () => {
      if (!able) throw new Error("not loaded");
      return {
        messages: [
          { content: "Before", type: "END_USER", timestamp: AT - 60_000 },
          { content: "Hello", type: "END_USER", timestamp: AT },
        ],
      };
    },
  });
  conversation.heard(event("Hello"), "END_USER");
  await conversation.start();
  expect(bodies("message").map(({ text }) => text)).toEqual(["Hello"]);
  able = true;
  sync();
  await settled();
  expect(bodies("message").map(({ text }) => text)).toEqual(["Hello", "Hello", "Before"]);
  expect(new Set(bodies("message").map(({ messageId }) => messageId)).size).toBe(2);
});

test("a command that comes twice is done once and answered twice", async () => {
  const { conversation, sent, bodies, command } = aConversation();
  await conversation.start();
  command({ id: "w1", what: "send", text: "Hello" });
  command({ id: "w1", what: "send", text: "Hello" });
  await settled();
  expect(sent).toEqual(["Hello"]);
  expect(bodies("answer")).toEqual([
    { id: "w1", ok: true, value: true },
    { id: "w1", ok: true, value: true },
  ]);
});

test("refusals keep the platform's words and say whether another try may help", async () => {
  const failures = [
    { body: { output: { errors: [{ message: "Insufficient access rights" }] } } },
    new Error("Failed to fetch"),
    new Error("The conversation takes no message now"),
  ];
  const { conversation, bodies, command } = aConversation({
    saveSummary: async () => Promise.reject(failures.shift()),
  });
  await conversation.start();
  for (const id of ["1", "2", "3"]) {
    command({ id, what: "save", text: "Summary" });
    await settled();
  }
  expect(bodies("answer")).toEqual([
    { id: "1", ok: false, reason: "Insufficient access rights", retryable: false, unknown: false },
    { id: "2", ok: false, reason: "Failed to fetch", retryable: true, unknown: true },
    { id: "3", ok: false, reason: "The conversation takes no message now", retryable: true, unknown: false },
  ]);
});

test("finds a message that was sent since, and no older one", async () => {
  const { conversation, log, bodies, command } = aConversation();
  log.push({ content: "Hello  there", type: "AGENT", timestamp: AT });
  await conversation.start();
  command({ id: "1", what: "find", text: "Hello there", since: AT - 1_000 });
  command({ id: "2", what: "find", text: "Hello there", since: AT + 60_000 });
  command({ id: "3", what: "transfer", text: "x" });
  await settled();
  const answers = bodies("answer").map(({ id, ok, value }) => [id, ok, value?.found]);
  expect(answers.sort()).toEqual([
    ["1", true, true],
    ["2", true, false],
    ["3", false, undefined],
  ]);
});

test("the end is told once, and Omni-Channel's word reads the queue anew", async () => {
  const queues = [{}, { queue: { id: "00G", name: "Delivery" } }];
  const { conversation, bodies } = aConversation({ describe: async () => queues.shift() });
  await conversation.start();
  conversation.ended({ recordId: RECORD });
  conversation.ended({ recordId: RECORD });
  conversation.received({ recordId: RECORD, to: "component", from: "omni", type: "work", body: "{}" });
  await settled();
  expect(bodies("ended")).toHaveLength(1);
  expect(bodies("context")).toEqual([{}, { queue: { id: "00G", name: "Delivery" } }]);
});
