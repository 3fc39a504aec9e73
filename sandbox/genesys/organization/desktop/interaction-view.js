const element = (id) => document.getElementById(id);

/** The agent's own part: the last one that is still there, or the last one at all. */
export function ownPart(interaction, agentId) {
  const parts = interaction.participants.filter(({ userId }) => userId === agentId);
  return parts.findLast((part) => communicationOf(part)?.state !== "disconnected") ?? parts.at(-1);
}

export function communicationOf(part) {
  return part?.messages?.[0] ?? part?.calls?.[0];
}

export function stateOf(interaction, agentId) {
  const communication = communicationOf(ownPart(interaction, agentId));
  if (communication?.state !== "disconnected") return communication?.state ?? "gone";
  return communication.afterCallWork?.state === "pending" ? "wrap-up" : "ended";
}

export function renderList(interactions, { agentId, chosenId, queueName, onChoose }) {
  element("no-interactions").hidden = interactions.length > 0;
  const items = interactions.map((interaction) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const state = stateOf(interaction, agentId);
    item.className = `is-${state}`;
    button.type = "button";
    button.dataset.conversation = interaction.id;
    button.setAttribute("aria-current", String(interaction.id === chosenId));
    button.append(titleOf(interaction, queueName), small(state));
    button.addEventListener("click", () => onChoose(interaction.id));
    item.append(button);
    return item;
  });
  replaceKeepingFocus(element("interactions"), items);
}

export function titleOf(interaction, queueName) {
  const queueId = interaction.participants.findLast((part) => part.queueId)?.queueId;
  return `${interaction.media === "call" ? "Call" : "Chat"}, ${queueName(queueId)}`;
}

export function renderInteraction(interaction, agentId, queueName) {
  const state = stateOf(interaction, agentId);
  const chat = interaction.media === "message";
  const customer = communicationOf(interaction.participants.find(({ purpose }) => purpose === "customer"));
  element("nothing-chosen").hidden = true;
  element("work").hidden = false;
  element("title").textContent = titleOf(interaction, queueName);
  element("state").textContent = state;
  element("answer").hidden = state !== "alerting";
  for (const id of ["transfer", "transfer-to", "end"]) element(id).disabled = state !== "connected";
  element("compose").hidden = !chat;
  for (const field of element("compose").elements) field.disabled = state !== "connected";
  const there = chat && customer?.state === "connected";
  for (const field of element("customer").elements) field.disabled = !there;
  element("wrap-up").hidden = !["connected", "wrap-up", "ended"].includes(state);
  for (const field of element("wrap-up").elements) field.disabled = state === "ended";
  element("wrap-up-saved").textContent = wrapUpText(ownPart(interaction, agentId)?.wrapup);
  renderLines(interaction.lines);
}

function wrapUpText(wrapUp) {
  if (!wrapUp) return "";
  const kind = wrapUp.provisional ? "Draft saved" : "Saved";
  return `${kind}: ${wrapUp.name}${wrapUp.notes ? `\n${wrapUp.notes}` : ""}`;
}

/** Only what is new is added, so that a reader's place and a screen reader's turn are kept. */
function renderLines(lines) {
  const list = element("lines");
  const known = new Map([...list.children].map((item) => [item.dataset.message, item]));
  for (const [id, item] of known) if (!lines.some((line) => line.id === id)) item.remove();
  for (const line of lines) {
    const item = known.get(line.id) ?? list.appendChild(lineItem(line));
    item.lastChild.textContent = `${line.author ?? "Customer"}, ${line.status}`;
  }
  if (lines.length !== known.size) list.scrollTop = list.scrollHeight;
}

function lineItem({ id, direction, normalizedMessage }) {
  const item = document.createElement("li");
  item.dataset.message = id;
  item.className = direction;
  const attachment = normalizedMessage.content[0]?.attachment;
  item.append(normalizedMessage.text ?? `Attachment: ${attachment?.filename}`, small(""));
  return item;
}

function small(text) {
  const node = document.createElement("small");
  node.textContent = text;
  return node;
}

function replaceKeepingFocus(list, items) {
  const focused = document.activeElement?.dataset?.conversation;
  list.replaceChildren(...items);
  if (focused) list.querySelector(`[data-conversation="${focused}"]`)?.focus();
}
