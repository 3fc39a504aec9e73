// The workspace's half of the partner protocol, written from the contract: it hands a message port to the frame.
const find = (id) => document.getElementById(id);
const frame = find("widget");
const state = { port: undefined, interaction: undefined, messages: [] };

const log = (way, data) => {
  find("log").textContent = `${way} ${JSON.stringify(data)}\n${find("log").textContent}`.slice(0, 8000);
};
const send = (data) => {
  const message = { ...data, schemaVersion: "1.0.0" };
  log("to partner", message);
  state.port?.postMessage(message);
};
const tell = (eventName, value) => send({ type: "event", message: { eventName, value } });

const ANSWERS = {
  getContext: () => ({ locale: find("locale").value, theme: find("theme").value }),
  getLocale: () => find("locale").value,
  getTheme: () => find("theme").value,
  getVersion: () => "0.15.0",
  getEvents: () => [
    "global-user-details-v1",
    "aw-interaction-started-v1",
    "aw-interaction-ended-v1",
    "aw-chat-init-v1",
  ],
};

function hear({ data }) {
  log("from partner", data);
  if (data?.type !== "request") return;
  const { namespace, action, value } = data.message;
  if (action in ANSWERS)
    send({ type: "response", message: { namespace, request: action, value: ANSWERS[action]() } });
  if (action === "initialise") greet();
  if (action === "sendEvent" && value?.name === "aw-chat-message-received-v1")
    find("inserted").textContent = `Inserted: ${value.data.message}`;
}

function greet() {
  const userId = find("agent").value;
  tell("global-user-details-v1", {
    firstName: "Robin",
    lastName: "Vale",
    name: "Robin Vale",
    userId,
    customerId: "acme",
    loginId: "robin",
    schemaVersion: "1.0.0",
  });
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

function open() {
  const channel = new MessageChannel();
  state.port?.close();
  state.port = channel.port1;
  channel.port1.onmessage = hear;
  frame.contentWindow.postMessage("init", "*", [channel.port2]);
}

function frameAddress() {
  const url = new URL(find("address").value);
  const by = find("by").value;
  const value = by === "aid" ? find("agent").value : state.interaction?.id;
  if (value) url.searchParams.set(by, value);
  return url.href;
}

const show = () => {
  if (find("address").value && (find("by").value === "aid" || state.interaction)) frame.src = frameAddress();
};

const ask = async (path, body) => {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
  return response.json();
};

frame.addEventListener("load", () => {
  if (frame.src) open();
});
window.addEventListener("message", ({ source, data }) => {
  if (source === frame.contentWindow && data?.message?.name === "ask-initialisation") open();
});
for (const id of ["address", "agent", "by"]) find(id).addEventListener("change", show);
for (const id of ["locale", "theme"])
  find(id).addEventListener(
    "change",
    () =>
      ANSWERS.getContext &&
      send({
        type: "response",
        message: { namespace: "system", request: "getContext", value: ANSWERS.getContext() },
      }),
  );

find("accept").addEventListener("click", async () => {
  state.messages = [];
  state.interaction = await ask("/_control/interactions", {
    agentId: find("agent").value,
    mediaType: find("media").value,
  });
  find("finish").disabled = false;
  find("say").disabled = find("media").value !== "chat";
  if (find("by").value === "iid") show();
  else started();
});
find("finish").addEventListener("click", async () => {
  const { id } = state.interaction;
  await ask(`/_control/interactions/${encodeURIComponent(id)}/finish`, {});
  tell("aw-interaction-ended-v1", { interactionId: id });
  state.interaction = undefined;
  for (const each of ["finish", "say"]) find(each).disabled = true;
});
find("say").addEventListener("click", () => {
  const message = {
    id: crypto.randomUUID(),
    timestamp: Date.now(),
    type: "text",
    rawMessage: find("said").value,
    author: { id: "customer-1", name: "Dana Fox" },
  };
  state.messages.push(message);
  find("said").value = "";
  tell("acme-chat-inbound-v1", { interactionId: state.interaction.id, message });
});

const address = new URLSearchParams(location.search).get("widget");
if (address) find("address").value = address;
show();
