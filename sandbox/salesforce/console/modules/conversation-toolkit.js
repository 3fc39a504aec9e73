// lightning/conversationToolkitApi for messaging sessions that are open in this console.
import { ask } from "./apex.js";

const session = (recordId, part = "") => `/console/api/sessions/${recordId}${part}`;

export const getConversationLog = (recordId) => ask(session(recordId, "/log"));

export async function sendTextMessage(recordId, { text }) {
  await ask(session(recordId, "/agent"), { text });
  return true;
}

export async function setAgentInput(recordId, { text }) {
  window.dispatchEvent(new CustomEvent("agent-input", { detail: { recordId, text } }));
  return true;
}
