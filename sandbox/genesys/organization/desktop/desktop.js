import { api } from "./api.js";
import { renderInteraction, renderList } from "./interaction-view.js";
import { createWidgetHost, fillPlaceholders } from "./widget-host.js";

const REFRESH_MS = 700;
const SETTINGS_KEY = "sandbox-desktop";
const TOAST_SECONDS = 7;
const element = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);

let directory;
let chosenId = query.get("conversation");
let shownState = "";

const host = createWidgetHost({
  container: element("frames"),
  onInsert: insert,
  onToast: toast,
  onState: (text) => {
    element("widget-state").textContent = text;
  },
});

async function begin() {
  directory = await api.start();
  const saved = JSON.parse(localStorage.getItem(SETTINGS_KEY) ?? "{}");
  element("widget-url").value = query.get("widget") ?? saved.widgetUrl ?? directory.widgetUrl;
  element("target-env").value = saved.targetEnv ?? "prod";
  element("lang-tag").value = saved.langTag ?? "en-US";
  element("popup-auth").checked = saved.popupAuth ?? false;
  fillOptions(element("agent"), directory.agents);
  const asked = directory.agents.find(({ id, email }) => [id, email].includes(query.get("agent")));
  element("agent").value = asked?.id ?? saved.agentId ?? directory.agents[0].id;
  fillOptions(element("wrap-up-code"), directory.wrapUpCodes);
  agentChanged();
  listen();
  await refresh();
  setInterval(refresh, REFRESH_MS);
}

function agentChanged() {
  const { organizationId } = directory.agents.find(({ id }) => id === agentId());
  const queues = directory.queues.filter((queue) => queue.organizationId === organizationId);
  const colleagues = directory.agents.filter(
    (agent) => agent.organizationId === organizationId && agent.id !== agentId(),
  );
  fillOptions(element("queue"), queues);
  fillOptions(element("transfer-to"), [
    ...colleagues.map(({ id, name }) => ({ id: `user:${id}`, name })),
    ...queues.map(({ id, name }) => ({ id: `queue:${id}`, name: `Queue ${name}` })),
  ]);
}

function fillOptions(select, entries) {
  select.replaceChildren(...entries.map(({ id, name }) => new Option(name, id)));
}

const agentId = () => element("agent").value;
const queueName = (id) => directory.queues.find((queue) => queue.id === id)?.name ?? id ?? "no queue";

function listen() {
  element("agent").addEventListener("change", () => {
    chosenId = null;
    host.closeAll();
    element("work").hidden = true;
    element("nothing-chosen").hidden = false;
    save();
    agentChanged();
    void refresh();
  });
  element("open-settings").addEventListener("click", (event) => {
    const { hidden } = element("settings");
    element("settings").hidden = !hidden;
    event.currentTarget.setAttribute("aria-expanded", String(hidden));
  });
  onSubmit("settings", () => {
    save();
    host.closeAll();
  });
  onSubmit("new", async (event) => {
    const start = event.submitter?.value === "call" ? api.newCall : api.newChat;
    chosenId = (await start(element("queue").value, agentId())).id;
  });
  onSubmit("compose", () => withText("compose-text", (text) => act({ do: "send", userId: agentId(), text })));
  onSubmit("customer", () => withText("customer-text", (text) => customer({ do: "write", text })));
  onSubmit("wrap-up", () => {
    const wrapup = { code: element("wrap-up-code").value, notes: element("wrap-up-notes").value };
    return act({ do: "wrap-up", userId: agentId(), wrapup });
  });
  onClick("answer", () => act({ do: "answer", userId: agentId() }));
  onClick("end", () => act({ do: "end" }));
  onClick("transfer", () => {
    const [kind, id] = element("transfer-to").value.split(/:(.*)/);
    return act({ do: "transfer", ...(kind === "user" ? { userId: id } : { queueId: id }) });
  });
  onClick("customer-types", () => customer({ do: "type" }));
  onClick("customer-attaches", () => customer({ do: "attach", filename: "bill.png" }));
  onClick("customer-leaves", () => customer({ do: "leave" }));
}

const act = (what) => api.agent(chosenId, what);
const customer = (what) => api.customer(chosenId, what);

function onSubmit(id, run) {
  element(id).addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(() => run(event));
  });
}

function onClick(id, run) {
  element(id).addEventListener("click", () => void attempt(run));
}

async function attempt(run) {
  try {
    await run();
    tellFailure("");
  } catch (error) {
    tellFailure(error.message);
  }
  await refresh();
}

function tellFailure(text) {
  element("notice").textContent = text;
  element("notice").hidden = !text;
}

async function withText(id, send) {
  const text = element(id).value.trim();
  if (!text) return;
  await send(text);
  element(id).value = "";
}

async function refresh() {
  const interactions = await api.interactions(agentId()).catch(() => undefined);
  if (!interactions) return;
  const state = JSON.stringify([interactions, chosenId]);
  const chosen = interactions.find(({ id }) => id === chosenId);
  if (state !== shownState) {
    shownState = state;
    renderList(interactions, { agentId: agentId(), chosenId, queueName, onChoose: choose });
    if (chosen) renderInteraction(chosen, agentId(), queueName);
  }
  if (chosen) showWidget();
}

function choose(id) {
  chosenId = id;
  for (const field of ["compose-text", "customer-text", "wrap-up-notes"]) element(field).value = "";
  void refresh();
}

function showWidget() {
  const { dataset } = element("target-env").selectedOptions[0];
  try {
    const url = fillPlaceholders(element("widget-url").value.trim(), {
      conversationId: chosenId,
      targetEnv: element("target-env").value,
      domain: dataset.domain,
      langTag: element("lang-tag").value,
      popupAuth: element("popup-auth").checked,
    });
    host.show(chosenId, url);
  } catch {
    element("widget-state").textContent = "The widget's URL is no address: see the settings";
  }
}

function save() {
  const settings = {
    widgetUrl: element("widget-url").value,
    targetEnv: element("target-env").value,
    langTag: element("lang-tag").value,
    popupAuth: element("popup-auth").checked,
    agentId: agentId(),
  };
  localStorage.setItem(SETTINGS_KEY, JSON.stringify(settings));
}

/** Where the caret is, as the platform's own compose box does it. */
function insert(text) {
  const box = element("compose-text");
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.focus();
}

function toast({ title, message, type = "info", timeout = TOAST_SECONDS, showCloseButton }) {
  const box = document.createElement("div");
  box.className = `toast ${type}`;
  const heading = document.createElement("strong");
  heading.textContent = title;
  const text = document.createElement("p");
  text.textContent = message;
  box.append(heading, text);
  if (showCloseButton || timeout === 0) {
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => box.remove());
    box.append(close);
  }
  element("toasts").append(box);
  if (timeout > 0) setTimeout(() => box.remove(), timeout * 1000);
}

await begin();
