import { createAdapter } from "/desktop/adapter.js";

const DISPOSITIONS = [
  { id: "901", name: "Resolved" },
  { id: "902", name: "Callback agreed" },
];
/** The agent's own event stream has no documented number for a customer's chat message; tests name this one. */
const CHAT_EVENT = "20101";
const POLL_MS = 1000;

const $ = (id) => document.getElementById(id);
const api = async (path, body) => {
  const response = await fetch(`/desktop/api${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", "x-sandbox-desktop": "1" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === "" ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error(answer?.error?.message ?? response.status);
  return answer;
};

const start = await api("/start");
const addOptions = (select, list) => {
  for (const { id, name } of list) select.append(new Option(name, id));
};
addOptions($("agent"), start.agents);
addOptions($("skill"), start.skills);
addOptions($("disposition"), DISPOSITIONS);
const given = new URLSearchParams(location.search);
$("address").value = given.get("widget") ?? sessionStorage.getItem("connector") ?? start.widgetUrl;
if (given.has("agent")) $("agent").value = given.get("agent");

const agent = () => start.agents.find(({ id }) => id === $("agent").value);
const adapter = createAdapter({ agent, domain: start.domain, dispositions: DISPOSITIONS });
let current;
let shownMessages = 0;

const dataOf = ({ id, sessionId, skillId, skillName, agentId }) => ({
  interactionId: id,
  sessionId,
  skillId: Number(skillId),
  skillName,
  agent: Number(agentId),
  callType: "INBOUND",
});

/** As the Admin Console's connector does it: a GET with fields as parameters, under the names that were chosen. */
const openConnector = ({ id, sessionId, skillName }) => {
  const url = new URL($("address").value);
  const fields = { callId: id, sessionId, agentId: agent().id, agentName: agent().name, skill: skillName };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  const frame = document.createElement("iframe");
  frame.title = "OmniBots Agent Assist";
  frame.allow = "clipboard-write";
  frame.src = url.href;
  $("frame").replaceChildren(frame);
};

const show = (interaction) => {
  current = interaction;
  const { kind, id, skillName, state, messages } = interaction;
  $("state").textContent = `${kind === "call" ? "Call" : "Chat"} ${id}, ${skillName}: ${state}`;
  $("call-controls").hidden = kind !== "call" || state === "ended" || state === "finished";
  $("write").hidden = kind !== "chat" || state === "ended" || state === "finished";
  $("ending").hidden = state === "finished";
  for (const message of messages.slice(shownMessages)) {
    const line = document.createElement("li");
    line.textContent = `${message.from}: ${message.text}`;
    $("messages").append(line);
    adapter.emit(
      CHAT_EVENT,
      { interactionId: id, messageId: message.id, ...message },
      { eventId: CHAT_EVENT },
    );
  }
  shownMessages = messages.length;
};

const begin = (interaction) => {
  shownMessages = 0;
  $("messages").replaceChildren();
  $("log").textContent = "";
  show(interaction);
  adapter.begin(interaction.kind, dataOf(interaction));
  openConnector(interaction);
};

const attempt = (run) => async () => {
  try {
    await run();
  } catch (error) {
    $("state").textContent = error.message;
  }
};
const choice = () => ({ skillId: $("skill").value, agentId: agent().id });
const act = (verb) => attempt(() => api(`/interactions/${current.id}/${verb}`, {}));

$("call").addEventListener(
  "click",
  attempt(async () => begin(await api("/calls", choice()))),
);
$("chat").addEventListener(
  "click",
  attempt(async () => begin(await api("/chats", choice()))),
);
$("hold").addEventListener("click", act("hold"));
$("resume").addEventListener("click", act("resume"));
$("end").addEventListener("click", act("end"));
$("finish").addEventListener(
  "click",
  attempt(async () => {
    const disposition = $("disposition").selectedOptions[0].textContent;
    const saved = await adapter.saveLog(current.kind, dataOf(current), { Disposition: disposition });
    await api(`/interactions/${current.id}/log`, saved);
    $("log").textContent = JSON.stringify(saved, null, 2);
  }),
);
$("connector").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("connector", $("address").value);
});
$("subscription").addEventListener("submit", (event) => {
  event.preventDefault();
  const { voiceAddress, trustToken, url, apiKey } = Object.fromEntries(new FormData(event.target));
  const events = url ? { events: { url, apiKey } } : {};
  void attempt(async () => {
    await api("/subscription", { voiceAddress, trustToken, ...events });
    $("state").textContent = "The subscription is made: the next call is streamed.";
  })();
});
$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  await api(`/interactions/${current.id}/messages`, { from: event.submitter.value, text });
  $("text").value = "";
});

/** Calls that others place, and how the running one stands. */
setInterval(async () => {
  const all = await api("/interactions").catch(() => []);
  const mine = all.filter(({ agentId }) => agentId === agent().id);
  const fresh = mine.findLast(({ state }) => state === "talking" || state === "held");
  if (fresh && fresh.id !== current?.id) return begin(fresh);
  const known = mine.find(({ id }) => id === current?.id);
  if (!known) return;
  const ended = known.state === "ended" && current.state !== "ended" && current.state !== "finished";
  show(known);
  if (ended) adapter.end(known.kind, dataOf(known));
}, POLL_MS);
