/** How long the widget may take to say that it listens before someone is told what to check. */
const READY_WITHIN_MS = 10_000;

/**
 * Frames the widget and speaks with it by messages, in both directions only with the portal's origin.
 * The widget says `omnibots.ready` whenever it has loaded; until then everything waits.
 */
export function frameWidget({ container, conversation, onInsert, onAccepted, onReady, onSilent }) {
  const frame = document.createElement("iframe");
  frame.title = "OmniBots Agent Assist";
  frame.allow = "clipboard-write";
  frame.src = conversation.widgetUrl;
  let ready = false;
  /** By message id; an accepted message leaves, the others are sent again to a reloaded widget. */
  const unaccepted = new Map();

  const post = (message) => frame.contentWindow?.postMessage(message, conversation.portalOrigin);
  const forward = (message) => post({ type: "omnibots.message", message });

  const handlers = {
    "omnibots.ready": () => {
      ready = true;
      post({ type: "omnibots.context", ...conversation.context });
      for (const message of unaccepted.values()) forward(message);
      onReady();
    },
    "omnibots.insert": ({ text }) => {
      if (typeof text === "string") onInsert?.(text);
    },
    "omnibots.accepted": ({ messageId }) => {
      if (unaccepted.delete(messageId)) onAccepted?.(messageId);
    },
  };
  window.addEventListener("message", (event) => {
    if (event.origin !== conversation.portalOrigin || event.source !== frame.contentWindow) return;
    if (Object.hasOwn(handlers, event.data?.type)) handlers[event.data.type](event.data);
  });

  container.replaceChildren(frame);
  setTimeout(() => {
    if (!ready) onSilent();
  }, READY_WITHIN_MS);

  return {
    send(message) {
      unaccepted.set(message.messageId, message);
      if (ready) forward(message);
    },
  };
}
