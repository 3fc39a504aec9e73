import { openCallPanel } from "./call-panel.js";
import { openChatPanel } from "./chat-panel.js";
import { frameWidget } from "./widget-frame.js";

const byId = (id) => document.getElementById(id);

/** Shows what went wrong, for people; an empty text takes it away again. */
function notify(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = text === "";
}

function widgetState(text) {
  byId("widget-state").textContent = text;
}

async function api(path, method = "GET") {
  let response;
  try {
    response = await fetch(path, { method });
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  const body = await response.json();
  if (!response.ok) throw new Error(body.error?.message ?? `The sandbox answered ${response.status}.`);
  return body;
}

function showFacts({ context, language }) {
  const facts = {
    Queue: context.queue?.name ?? "none",
    Agent: context.agent.name,
    Language: language,
    Conversation: `${context.conversationId.slice(0, 8)}…`,
  };
  for (const [name, value] of Object.entries(facts)) {
    const pair = document.createElement("div");
    const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    detail.textContent = value;
    pair.append(term, detail);
    byId("facts").append(pair);
  }
}

async function explainSilence() {
  widgetState("The widget does not answer");
  const { reachable, portalUrl } = await api("/api/portal");
  notify(
    reachable
      ? `The widget has not answered within 10 seconds. The portal at ${portalUrl} is up, so either the connection does not allow pages from ${location.origin} to frame it (Integrations > Deploy), or its token is wrong.`
      : `The portal at ${portalUrl} cannot be reached. Start it, then load this page again.`,
  );
}

function openWidget(conversation, handlers) {
  return frameWidget({
    container: byId("frame"),
    conversation,
    ...handlers,
    onReady() {
      widgetState("Widget connected");
      notify("");
      handlers.onReady?.();
    },
    onSilent() {
      handlers.onSilent?.();
      explainSilence().catch((error) => notify(error.message));
    },
  });
}

async function open() {
  const query = new URLSearchParams(location.search);
  const [call, chat] = [query.get("call"), query.get("chat")];
  if (!call && !chat)
    throw new Error("This page shows one call or chat: start it on the portal's Sandbox page.");
  const path = call ? `/api/calls/${encodeURIComponent(call)}` : `/api/chats/${encodeURIComponent(chat)}`;
  const conversation = await api(path);
  document.title = call ? "Call · Agent desktop" : "Chat · Agent desktop";
  showFacts(conversation);
  const panel = { path, conversation, work: byId("work"), openWidget, api, notify };
  if (call) openCallPanel(panel);
  else openChatPanel(panel);
}

byId("width").addEventListener("change", ({ target }) => {
  byId("frame").className = `frame ${target.value}`;
});
open().catch((error) => {
  widgetState("Not loaded");
  notify(error.message);
});
