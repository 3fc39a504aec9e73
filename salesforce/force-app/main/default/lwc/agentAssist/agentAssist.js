import describeSession from "@salesforce/apex/AgentAssistRouting.describe";
import AGENT_ASSIST from "@salesforce/messageChannel/AgentAssist__c";
import AGENT_SEND from "@salesforce/messageChannel/lightning__conversationAgentSend";
import CONVERSATION_ENDED from "@salesforce/messageChannel/lightning__conversationEnded";
import END_USER_MESSAGE from "@salesforce/messageChannel/lightning__conversationEndUserMessage";
import { getConversationLog, sendTextMessage, setAgentInput } from "lightning/conversationToolkitApi";
import { APPLICATION_SCOPE, MessageContext, publish, subscribe, unsubscribe } from "lightning/messageService";
import { updateRecord } from "lightning/uiRecordApi";
import { api, LightningElement, wire } from "lwc";
import { createConversation } from "./conversation";

const SUMMARY_FIELD = "Agent_Assist_Summary__c";

/**
 * Stands beside the Visualforce page on a messaging session: it hears the conversation, and does with it what the
 * widget asks for. All it knows of the platform is here; what it does is in `conversation.js`.
 */
export default class AgentAssist extends LightningElement {
  @api recordId;
  /** What a queue mapping names: `queue`, or `routing configuration`. */
  @api routeBy = "queue";
  @wire(MessageContext) messageContext;

  conversation;
  subscriptions = [];

  connectedCallback() {
    this.conversation = createConversation({
      recordId: this.recordId,
      instance: `component-${Math.random().toString(36).slice(2)}${Date.now().toString(36)}`,
      publish: (record) => publish(this.messageContext, AGENT_ASSIST, record),
      readLog: () => getConversationLog(this.recordId),
      sendText: (text) => done(sendTextMessage(this.recordId, { text })),
      insertText: (text) => done(setAgentInput(this.recordId, { text })),
      saveSummary: (text) => updateRecord({ fields: { Id: this.recordId, [SUMMARY_FIELD]: text } }),
      describe: () => describeSession({ recordId: this.recordId, routeBy: this.routeBy }),
      // eslint-disable-next-line @lwc/lwc/no-async-operation
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      now: () => Date.now(),
      counts: keptCounts(this.recordId),
    });
    this.hear(END_USER_MESSAGE, (event) => this.conversation.heard(event, "END_USER"));
    this.hear(AGENT_SEND, (event) => this.conversation.heard(event, "AGENT"));
    this.hear(CONVERSATION_ENDED, (event) => this.conversation.ended(event));
    this.hear(AGENT_ASSIST, (record) => this.conversation.received(record));
    void this.conversation.start();
  }

  disconnectedCallback() {
    for (const subscription of this.subscriptions.splice(0)) unsubscribe(subscription);
    this.conversation?.stop();
  }

  hear(channel, handler) {
    const scope = { scope: APPLICATION_SCOPE };
    this.subscriptions.push(subscribe(this.messageContext, channel, handler, scope));
  }
}

/** The toolkit answers false, and does not reject, where the conversation takes nothing. */
async function done(call) {
  if ((await call) === false)
    throw new Error("The conversation takes no message now: is the session active?");
}

/** Of this browser tab only, and only numbers: for a log that is longer than the platform gives. */
function keptCounts(recordId) {
  const key = `agent-assist-${recordId}`;
  return {
    read: () => {
      try {
        return JSON.parse(sessionStorage.getItem(key)) ?? {};
      } catch {
        return {};
      }
    },
    write: (counts) => {
      try {
        sessionStorage.setItem(key, JSON.stringify(counts));
      } catch {
        // Without storage only logs of more than 200 messages are counted less well.
      }
    },
  };
}
