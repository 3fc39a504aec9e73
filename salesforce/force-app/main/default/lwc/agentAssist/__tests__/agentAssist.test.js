import describeSession from "@salesforce/apex/AgentAssistRouting.describe";
import AGENT_ASSIST from "@salesforce/messageChannel/AgentAssist__c";
import END_USER_MESSAGE from "@salesforce/messageChannel/lightning__conversationEndUserMessage";
import { getConversationLog, sendTextMessage, setAgentInput } from "lightning/conversationToolkitApi";
import { publish, subscribe, unsubscribe } from "lightning/messageService";
import { updateRecord } from "lightning/uiRecordApi";
import { createElement } from "lwc";
import AgentAssist from "../agentAssist";

jest.mock("@salesforce/apex/AgentAssistRouting.describe", () => ({ default: jest.fn() }), { virtual: true });

const RECORD = "0Mw5g000000ABCDCA4";
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const handlerOf = (channel) => subscribe.mock.calls.find(([, subscribed]) => subscribed === channel)?.[2];
const bodies = (type) =>
  publish.mock.calls.filter(([, , record]) => record.type === type).map(([, , { body }]) => JSON.parse(body));

async function onThePage() {
  const element = createElement("c-agent-assist", { is: AgentAssist });
  element.recordId = RECORD;
  document.body.appendChild(element);
  await settled();
  return element;
}

beforeEach(() => {
  getConversationLog.mockResolvedValue({ messages: [] });
  describeSession.mockResolvedValue({ queue: { id: "00G", name: "Delivery" } });
  sendTextMessage.mockResolvedValue(true);
  setAgentInput.mockResolvedValue(true);
  updateRecord.mockResolvedValue({});
});

afterEach(() => {
  for (const child of [...document.body.childNodes]) child.remove();
  jest.clearAllMocks();
});

async function commanded(body) {
  const to = publish.mock.calls[0][2].from;
  handlerOf(AGENT_ASSIST)({
    recordId: RECORD,
    to,
    from: "page",
    type: "command",
    body: JSON.stringify(body),
  });
  await settled();
}

test("hears the application's channels and says that it is here", async () => {
  await onThePage();
  expect(subscribe).toHaveBeenCalledTimes(4);
  for (const [, , , options] of subscribe.mock.calls) expect(options).toEqual({ scope: expect.anything() });
  expect(publish.mock.calls[0][2]).toMatchObject({ recordId: RECORD, to: "page", type: "here" });
  expect(describeSession).toHaveBeenCalledWith({ recordId: RECORD, routeBy: "queue" });
});

test("forwards the customer's words", async () => {
  await onThePage();
  handlerOf(END_USER_MESSAGE)({
    recordId: RECORD,
    content: "Where is my parcel?",
    name: "Eva",
    timestamp: 1772445600000,
  });
  expect(bodies("message")[0]).toMatchObject({ from: "customer", text: "Where is my parcel?" });
});

test("sends, inserts and saves with the console's own calls", async () => {
  await onThePage();
  await commanded({ id: "1", what: "send", text: "Hello" });
  await commanded({ id: "2", what: "insert", text: "Draft" });
  await commanded({ id: "3", what: "save", text: "Summary" });
  expect(sendTextMessage).toHaveBeenCalledWith(RECORD, { text: "Hello" });
  expect(setAgentInput).toHaveBeenCalledWith(RECORD, { text: "Draft" });
  expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: RECORD, Agent_Assist_Summary__c: "Summary" } });
  expect(bodies("answer").map(({ ok }) => ok)).toEqual([true, true, true]);
});

test("a toolkit that answers false has not sent", async () => {
  sendTextMessage.mockResolvedValue(false);
  await onThePage();
  await commanded({ id: "1", what: "send", text: "Hello" });
  expect(bodies("answer")[0]).toMatchObject({ ok: false, retryable: true });
});

test("leaves every channel when it leaves the page", async () => {
  const element = await onThePage();
  document.body.removeChild(element);
  expect(unsubscribe).toHaveBeenCalledTimes(4);
  expect(bodies("gone")).toHaveLength(1);
});
