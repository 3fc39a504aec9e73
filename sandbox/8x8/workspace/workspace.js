import { openPort, respond, tell } from "/desktop/partner-port.js";

const TRANSCRIPTS = "transcript-v1/all";
const INBOUND = "acme-chat-inbound-v1";
const USER = {
  firstName: "Robin",
  lastName: "Vale",
  name: "Robin Vale",
  customerId: "acme",
  loginId: "robin",
  schemaVersion: "1.0.0",
};
const EVENTS = [
  "global-user-details-v1",
  "aw-interaction-started-v1",
  "aw-interaction-ended-v1",
  "aw-chat-init-v1",
  "aw-chat-message-sent-v1",
];

const find = (id) => document.getElementById(id);
const given = new URLSearchParams(location.search);
const state = { interaction: undefined, messages: [] };

const api = async (path, body) => {
  const response = await fetch(`/_control${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", "x-sandbox-desktop": "1" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.message ?? `The tenant answered ${response.status}.`);
  return answer;
};
const attempt = (run) => async (event) => {
  event?.preventDefault();
  find("notice").hidden = true;
  try {
    await run();
  } catch (error) {
    find("notice").textContent = error.message;
    find("notice").hidden = false;
  }
};

const appearance = () => ({ locale: find("locale").value, theme: find("theme").value });

openPort({
  answers: {
    getContext: appearance,
    getLocale: () => appearance().locale,
    getTheme: () => appearance().theme,
    getVersion: () => "0.15.0",
    getEvents: () => EVENTS,
  },
  onRequest: (action, value) => {
    if (action === "initialise") greet();
    if (action === "sendEvent" && value?.name === "aw-chat-message-received-v1") insert(value.data.message);
  },
});

function greet() {
  tell("global-user-details-v1", { ...USER, userId: find("agent").value });
  if (state.interaction) started();
}

function started() {
  const { id, facts } = state.interaction;
  tell("aw-interaction-started-v1", {
    interactionId: id,
    interactionType: facts.mediaType,
    direction: "inbound",
    queueId: facts.queueId,
    queueName: facts.queueName,
  });
  if (facts.mediaType === "chat") tell("aw-chat-init-v1", { interactionId: id, messages: state.messages });
}

/** What the widget proposes stands in the reply box; the agent sends it. */
function insert(text) {
  find("text").value = text;
  find("text").focus();
}

/** The workspace wears what it tells its partners. */
function wear() {
  const { theme } = appearance();
  document.documentElement.style.colorScheme = theme;
  respond("system", "getContext", appearance());
}

function show() {
  const address = find("address").value;
  const by = find("by").value;
  const value = by === "aid" ? find("agent").value : state.interaction?.id;
  const shown = address !== "" && value !== undefined;
  find("frame").hidden = !shown;
  find("no-widget").hidden = shown;
  if (address !== "") find("no-widget-hint").textContent = "The widget opens here with the next interaction.";
  if (!shown) return;
  const url = new URL(address);
  url.searchParams.delete("aid");
  url.searchParams.set(by, value);
  find("widget").src = url.href;
}

const isChat = () => state.interaction?.facts.mediaType === "chat";

function showInteraction() {
  const { interaction } = state;
  find("nothing").hidden = interaction !== undefined;
  for (const id of ["head", "lines", "answer", "customer"]) find(id).hidden = interaction === undefined;
  if (!interaction) return;
  const { id, facts } = interaction;
  const [what, customer, agent, hint] = isChat()
    ? ["Chat", "Customer writes", "Your message", `As the workspace event ${INBOUND}.`]
    : ["Call", "Customer says", "You say", `As a message on the topic ${TRANSCRIPTS}.`];
  find("state").querySelector("strong").textContent = `${what}, ${facts.queueName}`;
  find("state").querySelector("small").textContent = `live · ${id}`;
  find("said-label").textContent = customer;
  find("answer-label").textContent = agent;
  find("said-hint").textContent = `${hint} The connection names it in its settings.`;
}

function addLine(from, text) {
  const line = document.createElement("li");
  const who = document.createElement("small");
  who.textContent = from === "customer" ? "Customer" : "You";
  line.className = from;
  line.append(who, text);
  find("lines").append(line);
  line.scrollIntoView();
}

/** A chat's words come through the workspace, a call's from whoever transcribes it. */
async function say(from, field) {
  const text = find(field).value.trim();
  if (!text || !state.interaction) return;
  const { id } = state.interaction;
  if (isChat()) write(id, from, text);
  else {
    const body = { interactionGUID: id, utteranceId: crypto.randomUUID(), speaker: from, text };
    await api("/publish", { topic: TRANSCRIPTS, key: id, body: { ...body, timestamp: Date.now() } });
  }
  find(field).value = "";
  addLine(from, text);
}

function write(interactionId, from, text) {
  const author =
    from === "agent" ? { id: find("agent").value, name: USER.name } : { id: "customer-1", name: "Dana Fox" };
  const message = { id: crypto.randomUUID(), timestamp: Date.now(), type: "text", rawMessage: text, author };
  state.messages.push(message);
  tell(from === "agent" ? "aw-chat-message-sent-v1" : INBOUND, { interactionId, message });
}

find("accept").addEventListener(
  "click",
  attempt(async () => {
    if (state.interaction) await finish();
    const [queueId, queueName] = find("queue").value.split("|");
    const wanted = { agentId: find("agent").value, mediaType: find("media").value, queueId, queueName };
    state.interaction = await api("/interactions", wanted);
    state.messages = [];
    find("lines").replaceChildren();
    showInteraction();
    if (find("by").value === "iid") show();
    else started();
  }),
);

async function finish() {
  const { id } = state.interaction;
  await api(`/interactions/${encodeURIComponent(id)}/finish`, {});
  tell("aw-interaction-ended-v1", { interactionId: id });
  state.interaction = undefined;
  showInteraction();
}
find("finish").addEventListener("click", attempt(finish));
find("customer").addEventListener(
  "submit",
  attempt(() => say("customer", "said")),
);
find("answer").addEventListener(
  "submit",
  attempt(() => say("agent", "text")),
);
for (const id of ["address", "agent", "by"]) find(id).addEventListener("change", show);
for (const id of ["locale", "theme"]) find(id).addEventListener("change", wear);
find("open-setup").addEventListener("click", ({ currentTarget }) => {
  const { hidden } = find("setup");
  find("setup").hidden = !hidden;
  currentTarget.setAttribute("aria-expanded", String(hidden));
});

await attempt(async () => {
  const { tenant, queues } = await api("/start");
  find("tenant").textContent = tenant;
  for (const { id, name } of queues) find("queue").append(new Option(name, `${id}|${name}`));
})();
find("theme").value = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
find("address").value = given.get("widget") ?? "";
for (const name of ["by", "agent", "locale", "theme"])
  if (given.has(name)) find(name).value = given.get(name);
wear();
show();
