// The Service Console: one record page at a time, with the package's own component and Visualforce page on it.
import AgentAssist from "/package/lwc/agentAssist/agentAssist.js";
import { ask } from "./modules/apex.js";
import { MessageContext, publish } from "./modules/message-service.js";

const part = (id) => document.getElementById(id);
const opaque = new URLSearchParams(location.search).has("opaque");
let open;
let component;

const option = ({ id, name }) =>
  Object.assign(document.createElement("option"), { value: id, textContent: name });

function placeComponent() {
  component?.disconnectedCallback();
  component = new AgentAssist();
  component.recordId = open.id;
  component.messageContext = MessageContext;
  component.connectedCallback();
}

function placePage() {
  const frame = document.createElement("iframe");
  frame.title = "Visualforce page";
  frame.allow = "clipboard-write";
  const query = new URLSearchParams({
    id: open.id,
    user: window.consoleUser,
    ...(opaque && { opaque: "1" }),
  });
  frame.src = `/apex/AgentAssist?${query}`;
  part("visualforce").replaceChildren(frame);
}

function show(session) {
  open = session;
  part("conversation").hidden = false;
  part("title").textContent = `${session.customer}, ${session.queue.name}, ${session.status}`;
  part("summary").textContent = session.summary || "(empty)";
  part("lines").replaceChildren(
    ...session.lines.map(({ type, content, name }) =>
      Object.assign(document.createElement("li"), { className: type, textContent: `${name}: ${content}` }),
    ),
  );
}

async function list() {
  const { sessions } = await ask("/console/api/start");
  part("sessions").replaceChildren(
    ...sessions.reverse().map((session) => {
      const button = document.createElement("button");
      button.textContent = `${session.customer} (${session.status})`;
      button.setAttribute("aria-current", String(session.id === open?.id));
      button.onclick = () => visit(session.id);
      return Object.assign(document.createElement("li"), {}).appendChild(button).parentNode;
    }),
  );
}

async function visit(id) {
  const session = await ask(`/console/api/sessions/${id}`);
  show(
    session.status === "Waiting"
      ? await ask(`/console/api/sessions/${id}/accept`, { userId: window.consoleUser })
      : session,
  );
  history.replaceState(
    null,
    "",
    `?${new URLSearchParams({ ...(opaque && { opaque: "1" }), user: window.consoleUser, id })}`,
  );
  placeComponent();
  placePage();
  await list();
}

/** The platform's own channels carry no more than these fields (contract section 1). */
function tell({ kind, recordId, line }) {
  if (kind === "ended") publish(undefined, "lightning__conversationEnded", { recordId });
  // Omni-Channel's events are Aura's own; the package's bridge puts them on its channel.
  if (kind === "accepted")
    publish(undefined, "AgentAssist__c", {
      recordId,
      to: "component",
      from: "omni",
      type: "work",
      body: "{}",
    });
  if (kind !== "line") return;
  const { type, content, name, timestamp } = line;
  const channel =
    type === "AGENT" ? "lightning__conversationAgentSend" : "lightning__conversationEndUserMessage";
  publish(undefined, channel, { recordId, content, name, timestamp });
}

new EventSource("/console/events").onmessage = async ({ data }) => {
  const event = JSON.parse(data);
  if (event.recordId === open?.id) {
    tell(event);
    show(await ask(`/console/api/sessions/${open.id}`));
  } else await list();
};
window.addEventListener("record-changed", ({ detail }) => detail.id === open?.id && show(detail));
window.addEventListener("agent-input", ({ detail }) => {
  if (detail.recordId === open?.id) part("reply").value = detail.text;
});
const submits = (form, field, path) => {
  part(form).onsubmit = async (event) => {
    event.preventDefault();
    const text = part(field).value.trim();
    if (!text) return;
    await ask(`/console/api/sessions/${open.id}/${path}`, { text });
    part(field).value = "";
  };
};
submits("agent-form", "reply", "agent");
submits("customer-form", "customer", "customer");
part("end").onclick = () => ask(`/console/api/sessions/${open.id}/end`, {});
part("reload-component").onclick = placeComponent;
part("reload-page").onclick = placePage;
part("agent").onchange = () => {
  window.consoleUser = part("agent").value;
};
part("start").onclick = async () => {
  const { id } = await ask("/console/api/sessions", { queueId: part("queue").value });
  await visit(id);
};

const start = await ask("/console/api/start");
part("agent").append(...start.users.map(option));
part("queue").append(...start.queues.map(option));
const asked = new URLSearchParams(location.search);
window.consoleUser = asked.get("user") ?? start.users[0].id;
part("agent").value = window.consoleUser;
await list();
if (asked.get("id")) await visit(asked.get("id"));
