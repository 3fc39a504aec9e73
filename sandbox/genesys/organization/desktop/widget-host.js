/** What the platform lets a framed widget do, and how many of them run at once. */
const SANDBOX = [
  "allow-forms",
  "allow-modals",
  "allow-popups",
  "allow-presentation",
  "allow-same-origin",
  "allow-scripts",
  "allow-downloads",
].join(" ");
const PERMISSIONS = "clipboard-write";
const MAX_WIDGETS = 10;
const PROTOCOL = "purecloud-client-apps";
/** A page that hydrates slowly misses the first bootstrap; these are the next ones, until it answers. */
const BOOTSTRAP_AGAIN_MS = [0, 1000, 3000, 8000];

/** The address with both generations of placeholders filled in. */
export function fillPlaceholders(template, { conversationId, targetEnv, domain, langTag, popupAuth }) {
  const values = {
    gcConversationId: conversationId,
    gcHostOrigin: location.origin,
    gcTargetEnv: targetEnv,
    gcLangTag: langTag,
    gcUsePopupAuth: String(popupAuth),
    pcConversationId: conversationId,
    pcEnvironment: domain,
    pcLangTag: langTag,
  };
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? encodeURIComponent(values[name]) : whole,
  );
}

/**
 * Frames one widget for each opened interaction and speaks the host's side of the client app SDK: a widget is
 * heard only from its own frame and its own origin, and is told things only there.
 */
export function createWidgetHost({ container, onInsert, onToast, onState }) {
  const widgets = new Map();
  let shown;

  const tell = (widget, hook) => {
    if (!widget.loaded) return;
    const message = { purecloudEventType: "appLifecycleHook", protocol: PROTOCOL, hook };
    widget.frame.contentWindow?.postMessage(message, widget.origin);
  };
  const bootstrap = (widget) => {
    for (const ms of BOOTSTRAP_AGAIN_MS) {
      setTimeout(() => {
        if (!widget.bootstrapped && widgets.get(widget.conversationId) === widget) tell(widget, "bootstrap");
      }, ms);
    }
  };
  const actions = {
    bootstrapped: (widget) => {
      widget.bootstrapped = true;
      if (shown === widget) onState("Widget is ready");
    },
    stopped: (widget) => widget.frame.remove(),
    // the platform takes a text only for the interaction on the screen, and only after a click of the agent
    proposeInteractionMessage: (widget, { mode, message }) => {
      const clicked = navigator.userActivation?.isActive ?? true;
      if (mode === "insert" && typeof message === "string" && shown === widget && clicked) onInsert(message);
      else onState("A proposed text was refused: no click, or not the interaction on the screen");
    },
    showToast: (_widget, toast) => onToast(toast),
    setAttentionCount: (_widget, { count }) => onState(`Widget asks for attention: ${count}`),
  };

  window.addEventListener("message", (event) => {
    const widget = [...widgets.values()].find(({ frame }) => frame.contentWindow === event.source);
    if (!widget || event.origin !== widget.origin || event.data?.protocol !== PROTOCOL) return;
    if (Object.hasOwn(actions, event.data.action)) actions[event.data.action](widget, event.data);
  });

  const close = (conversationId) => {
    const widget = widgets.get(conversationId);
    if (!widget) return;
    tell(widget, "stop");
    widgets.delete(conversationId);
    widget.frame.remove();
    if (shown === widget) shown = undefined;
  };
  const open = (conversationId, url) => {
    if (widgets.size >= MAX_WIDGETS) close(widgets.keys().next().value);
    const frame = document.createElement("iframe");
    frame.title = "OmniBots Agent Assist";
    frame.setAttribute("sandbox", SANDBOX);
    frame.allow = PERMISSIONS;
    const widget = { conversationId, frame, origin: new URL(url).origin, loaded: false, bootstrapped: false };
    frame.addEventListener("load", () => {
      widget.loaded = true;
      bootstrap(widget);
    });
    frame.src = url;
    widgets.set(conversationId, widget);
    container.append(frame);
    return widget;
  };

  return {
    show(conversationId, url) {
      if (shown?.conversationId === conversationId) return;
      if (shown) tell(shown, "blur");
      shown = widgets.get(conversationId) ?? open(conversationId, url);
      for (const { frame } of widgets.values()) frame.hidden = frame !== shown.frame;
      tell(shown, "focus");
      onState(shown.bootstrapped ? "Widget is ready" : `Widget at ${shown.origin}`);
    },
    closeAll() {
      for (const conversationId of [...widgets.keys()]) close(conversationId);
    },
  };
}
