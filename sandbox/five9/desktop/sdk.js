/* The agents' side of the sandbox's own CRM SDK: the surface and the message-port handshake that the contract
   describes (section 1), written from it. The real SDK is the vendor's and may not be handed on. */
{
  const CHANNELS = {
    interaction: "intrx_plugin_",
    hook: "hook_api_plugin_",
    application: "app_api_plugin_",
    customMethods: "custom_methods_api_",
  };
  const CONNECT_MS = 5000;
  const TRIES = 3;

  /** Own window, parents and top with all their frames: the adapter may be in any of them. */
  const windowsAround = () => {
    const found = new Set([window, window.top]);
    for (let each = window; each !== window.top; each = each.parent) found.add(each.parent);
    const below = (frame) => {
      for (let i = 0; i < frame.length; i++) {
        found.add(frame[i]);
        below(frame[i]);
      }
    };
    below(window.top);
    return found;
  };

  const openChannel = (prefix) => {
    const iframeName = prefix + Math.random().toString(36).slice(2);
    const waiting = new Map();
    const listeners = new Map();
    let port;
    let next = 0;
    const connected = new Promise((resolve, reject) => {
      let tries = 0;
      const ask = () => {
        if (tries++ >= TRIES)
          return reject({ errorCode: "Generic", errorMessage: "No adapter on this page." });
        const message = { iframeName, message: "asking_connect", sender: "remote" };
        for (const target of windowsAround()) if (target !== window) target.postMessage(message, "*");
        setTimeout(() => port ?? ask(), CONNECT_MS);
      };
      window.addEventListener("message", ({ data, ports }) => {
        if (port || data?.iframeName !== iframeName || data?.message !== "connect") return;
        port = ports[0];
        port.onmessage = ({ data: said }) => hear(said.message);
        resolve(port);
      });
      ask();
    });
    connected.catch(() => {});
    const answerHook = async (message) => {
      const result = await listeners.get(message.event)?.(...message.args);
      port.postMessage({ iframeName, message: { answer: message.call, result }, sender: "remote" });
    };
    const hear = (message) => {
      if (message.event && message.call !== undefined) void answerHook(message);
      else if (message.event) listeners.get(message.event)?.(...message.args);
      else {
        const { resolve, reject } = waiting.get(message.id) ?? {};
        waiting.delete(message.id);
        if (message.error) reject?.(message.error);
        else resolve?.(message.result);
      }
    };
    const call = async (method, ...args) => {
      const to = await connected;
      const id = ++next;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        to.postMessage({ iframeName, message: { id, method, args }, sender: "remote" });
      });
    };
    return { call, on: (event, listener) => listeners.set(event, listener), connected };
  };

  const kept = new Map();
  const channel = (name) => {
    if (!kept.has(name)) kept.set(name, openChannel(CHANNELS[name]));
    return kept.get(name);
  };
  const listen = (name, listeners) => {
    for (const [event, listener] of Object.entries(listeners)) channel(name).on(event, listener);
    return channel(name).call("subscribe", Object.keys(listeners));
  };

  const interactionApi = () => ({
    subscribe: (listeners) => void listen("interaction", listeners).catch(() => {}),
    subscribeWsEvent: (listeners) => void listen("interaction", listeners).catch(() => {}),
    getMetadata: () => channel("interaction").call("getMetadata"),
    executeRestApi: (request) => channel("interaction").call("executeRestApi", request),
    getDispositions: (of) => channel("interaction").call("getDispositions", of),
    setDisposition: (of) => channel("interaction").call("setDisposition", of),
    isMasterPage: () => Promise.resolve(false),
  });
  const hookApi = () => ({ registerApi: (hooks) => void listen("hook", hooks).catch(() => {}) });
  const applicationApi = () => ({
    subscribe: (listeners) => void listen("application", listeners).catch(() => {}),
    getConfig: () => channel("application").call("getConfig"),
  });

  window.Five9 = {
    ...window.Five9,
    CrmSdk: {
      interactionApi,
      hookApi,
      applicationApi,
      ApiErrorCode: { Generic: "Generic", InteractionNotFound: "InteractionNotFound", NoData: "NoData" },
      HookStatusCode: {
        Proceed: "Proceed",
        ProceedWithParams: "ProceedWithParams",
        Cancel: "Cancel",
        Confirmation: "Confirmation",
        Error: "Error",
      },
    },
  };
}
