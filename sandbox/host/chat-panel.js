/** A message that the widget has not confirmed by then is marked. */
const LATE_AFTER_MS = 10_000;
const SPEAKERS = { customer: "Customer", agent: "Agent" };

/** A customer and an agent at one screen: what either writes is handed to the widget, as a platform would. */
export function openChatPanel({ conversation, work, openWidget }) {
  const node = document.getElementById("chat-template").content.cloneNode(true);
  const part = (role) => node.querySelector(`[data-role="${role}"]`);
  const [list, play] = [part("messages"), part("play")];
  const forms = { customer: part("customer-form"), agent: part("agent-form") };
  const ticks = new Map();
  work.replaceChildren(node);

  const widget = openWidget(conversation, {
    onInsert(text) {
      const box = forms.agent.querySelector("textarea");
      box.value = box.value.trim() ? `${box.value.trimEnd()}\n${text}` : text;
      box.focus();
    },
    onAccepted(messageId) {
      mark(ticks.get(messageId), "accepted", "✓ delivered");
    },
  });

  const say = (from, text) => {
    const { conversationId, queue } = conversation.context;
    const message = {
      conversationId,
      messageId: crypto.randomUUID(),
      from,
      text,
      at: new Date().toISOString(),
    };
    const { item, tick } = bubble(message);
    ticks.set(message.messageId, tick);
    setTimeout(() => {
      if (!tick.classList.contains("accepted")) mark(tick, "late", "not confirmed by the widget yet");
    }, LATE_AFTER_MS);
    list.append(item);
    item.scrollIntoView({ block: "nearest" });
    widget.send({ ...message, ...(queue && { queueId: queue.id }) });
  };

  for (const [from, form] of Object.entries(forms)) bindForm(form, (text) => say(from, text));
  play.addEventListener("click", () => playScript(play, conversation.script, say));
  forms.customer.querySelector("textarea").focus();
}

function bubble({ from, text, at }) {
  const item = document.createElement("li");
  item.className = from;
  const [head, body, tick] = ["small", "span", "small"].map((name) => document.createElement(name));
  head.textContent = `${SPEAKERS[from]}, ${new Date(at).toLocaleTimeString()}`;
  body.textContent = text;
  tick.textContent = "sending";
  item.append(head, body, tick);
  return { item, tick };
}

function mark(tick, state, text) {
  if (!tick) return;
  tick.className = state;
  tick.textContent = text;
}

/** Enter sends, Shift+Enter breaks the line. */
function bindForm(form, send) {
  const box = form.querySelector("textarea");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    send(text);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

async function playScript(button, script, say) {
  button.disabled = true;
  button.textContent = "Playing…";
  for (const { speaker, text, pauseMs } of script) {
    say(speaker, text);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  button.disabled = false;
  button.textContent = "Play demo chat again";
}
