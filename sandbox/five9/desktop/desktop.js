import { createAdapter } from "/desktop/adapter.js";
import { api } from "/desktop/api.js";
import { showInteraction, showLog } from "/desktop/interaction-view.js";

const DISPOSITIONS = [
  { id: "901", name: "Resolved" },
  { id: "902", name: "Callback agreed" },
];
/** The agent's own event stream has no documented number for a customer's chat message; the sandbox names this one. */
const CHAT_EVENT = "20101";
const POLL_MS = 1000;

const $ = (id) => document.getElementById(id);
const given = new URLSearchParams(location.search);
let subscription = given.get("subscription") ?? undefined;
const start = await api(`/start${subscription ? `?subscription=${encodeURIComponent(subscription)}` : ""}`);
let target = start.subscription;

const addOptions = (select, list) => {
  for (const { id, name } of list) select.append(new Option(name, id));
};
addOptions($("agent"), start.agents);
addOptions($("skill"), start.skills);
addOptions($("disposition"), DISPOSITIONS);
$("address").value = given.get("widget") ?? sessionStorage.getItem("connector") ?? start.widgetUrl;
for (const name of ["agent", "skill"]) if (given.has(name)) $(name).value = given.get(name);

const agent = () => start.agents.find(({ id }) => id === $("agent").value);
const adapter = createAdapter({ agent, domain: start.domain, dispositions: DISPOSITIONS });
let current;

const dataOf = ({ id, sessionId, skillId, skillName, agentId }) => ({
  interactionId: id,
  sessionId,
  skillId: Number(skillId),
  skillName,
  agent: Number(agentId),
  callType: "INBOUND",
});

function showStreams() {
  $("streams").textContent = target
    ? `Calls are streamed to ${target.voiceAddress}.`
    : "No voice stream subscription: calls are followed by the toolkit alone. Open this desktop from the portal's Sandbox page, or make one under Admin set-up.";
  $("by-webhook").hidden = !target?.events;
  $("webhook").checked = Boolean(target?.events);
}
showStreams();

/** As the Admin Console's connector does it: a GET with fields as parameters, under the names that were chosen. */
const openConnector = ({ id, sessionId, skillName }) => {
  const url = new URL($("address").value);
  const fields = { callId: id, sessionId, agentId: agent().id, agentName: agent().name, skill: skillName };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  const frame = document.createElement("iframe");
  frame.title = "OmniBots Agent Assist";
  frame.allow = "clipboard-write";
  frame.src = url.href;
  $("no-widget").hidden = true;
  $("frame").hidden = false;
  $("frame").replaceChildren(frame);
};

const show = (interaction) => {
  current = interaction;
  for (const message of showInteraction(interaction, interaction.streamed)) {
    const told = { interactionId: interaction.id, messageId: message.id, ...message };
    adapter.emit(CHAT_EVENT, told, { eventId: CHAT_EVENT });
  }
};
const begin = (interaction) => {
  show(interaction);
  adapter.begin(interaction.kind, dataOf(interaction));
  openConnector(interaction);
};

const attempt = (run) => async (event) => {
  event?.preventDefault();
  $("notice").hidden = true;
  try {
    await run(event);
  } catch (error) {
    $("notice").textContent = error.message;
    $("notice").hidden = false;
  }
};
const on = (id, type, run) => $(id).addEventListener(type, attempt(run));
const choice = () => ({
  skillId: $("skill").value,
  agentId: agent().id,
  ...(subscription && { subscription }),
});
const write = async (from, field) => {
  const text = $(field).value.trim();
  if (!text) return;
  await api(`/interactions/${current.id}/messages`, { from, text, webhook: $("webhook").checked });
  $(field).value = "";
  await refresh();
};

on("call", "click", async () => {
  const recording = $("recording").value;
  const line = recording ? { recording } : {};
  begin(await api("/calls", { ...choice(), ...line, stream: target !== undefined }));
});
on("chat", "click", async () => begin(await api("/chats", choice())));
for (const verb of ["hold", "resume", "end"])
  on(verb, "click", async () => {
    await api(`/interactions/${current.id}/${verb}`, {});
    await refresh();
  });
on("write", "submit", () => write("agent", "text"));
on("customer", "submit", () => write("customer", "customer-text"));
on("finish", "submit", async () => {
  const disposition = $("disposition").selectedOptions[0].textContent;
  const saved = await adapter.saveLog(current.kind, dataOf(current), { Disposition: disposition });
  await api(`/interactions/${current.id}/log`, saved);
  await refresh();
  showLog(saved);
});
on("connector", "submit", () => sessionStorage.setItem("connector", $("address").value));
on("subscription", "submit", async (event) => {
  const { voiceAddress, trustToken, url, apiKey } = Object.fromEntries(new FormData(event.target));
  const events = url ? { events: { url, apiKey } } : {};
  const made = await api("/subscription", { voiceAddress, trustToken, ...events });
  subscription = made.key;
  target = made;
  showStreams();
});
$("open-setup").addEventListener("click", ({ currentTarget }) => {
  const { hidden } = $("setup");
  $("setup").hidden = !hidden;
  currentTarget.setAttribute("aria-expanded", String(hidden));
});

/** Calls that others place, and how the running one stands. */
async function refresh() {
  const all = await api("/interactions").catch(() => []);
  const mine = all.filter(({ agentId, subscription: of }) => agentId === agent().id && of === subscription);
  const fresh = mine.findLast(({ state }) => state === "talking" || state === "held");
  if (fresh && fresh.id !== current?.id) return begin(fresh);
  const known = mine.find(({ id }) => id === current?.id);
  if (!known) return;
  const ended = known.state === "ended" && current.state !== "ended" && current.state !== "finished";
  show(known);
  if (ended) adapter.end(known.kind, dataOf(known));
}
setInterval(refresh, POLL_MS);
