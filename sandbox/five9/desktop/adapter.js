/* The desktop's side of the toolkit: answers whoever asks to connect, tells of calls and chats, and runs the hooks. */

const HOOK_MS = 3000;

/** What a page may ask for. */
const createMethods = ({ agent, domain, dispositions, live, post }) => ({
  subscribe: (port, events) => {
    for (const event of events) port.events.add(event);
    // what is live is told again to each page that comes: the contract's replay
    for (const { channel, data } of live.values()) {
      const names = channel === "call" ? ["callStarted", "callAccepted"] : ["chatAccepted"];
      for (const name of names)
        if (events.includes(name)) post(port, { event: name, args: [{ [`${channel}Data`]: data }] });
    }
  },
  getMetadata: () => ({ agentId: Number(agent().id), tenantId: Number(domain.id) }),
  executeRestApi: (_port, { path }) =>
    path === `/appsvcs/rs/svc/agents/${agent().id}`
      ? { status: 200, response: JSON.stringify({ id: agent().id, fullName: agent().name }) }
      : { status: 404, response: "" },
  getDispositions: () => dispositions,
  setDisposition: (_port, { dispositionId }) => ({ dispositionId }),
  getConfig: () => ({ timezone: "UTC", lang: "en" }),
});

/** `agent` and `dispositions` are asked for at each call: the page may change them. */
export const createAdapter = ({ agent, domain, dispositions }) => {
  const ports = new Set();
  const pending = new Map();
  const live = new Map();
  let calls = 0;

  const post = (port, message) =>
    port.postMessage({ iframeName: port.iframeName, message, sender: "master" });
  const emit = (event, ...args) => {
    for (const port of ports) if (port.events.has(event)) post(port, { event, args });
  };

  const methods = createMethods({ agent, domain, dispositions, live, post });
  const hear = (port, message) => {
    if (message.answer !== undefined) {
      pending.get(message.answer)?.(message.result);
      pending.delete(message.answer);
      return;
    }
    const method = methods[message.method];
    if (!method)
      return post(port, { id: message.id, error: { errorCode: "Generic", errorMessage: "Unknown method." } });
    post(port, { id: message.id, result: method(port, ...message.args) });
  };

  window.addEventListener("message", ({ data, source }) => {
    if (data?.message !== "asking_connect" || !source) return;
    const { port1, port2 } = new MessageChannel();
    port1.events = new Set();
    port1.iframeName = data.iframeName;
    port1.onmessage = ({ data: said }) => hear(port1, said.message);
    ports.add(port1);
    source.postMessage({ iframeName: data.iframeName, message: "connect", sender: "master" }, "*", [port2]);
  });

  return {
    emit,
    begin(channel, data) {
      live.set(data.interactionId, { channel, data });
      if (channel === "call") emit("callStarted", { callData: data });
      else emit("chatOffered", { chatData: data });
      emit(`${channel}Accepted`, { [`${channel}Data`]: data });
    },
    end(channel, data) {
      live.delete(data.interactionId);
      emit(`${channel}Ended`, { [`${channel}Data`]: data });
    },
    /** Asks the one hook of the page; the fields that it adds go into the log. */
    async saveLog(channel, data, log) {
      const [port] = [...ports].filter(({ events }) => events.has("beforeSaveLog"));
      const answer = port
        ? await new Promise((resolve) => {
            const call = ++calls;
            pending.set(call, resolve);
            setTimeout(() => resolve(undefined), HOOK_MS);
            post(port, { event: "beforeSaveLog", call, args: [{ interactionData: data, logData: log }] });
          })
        : undefined;
      const saved =
        answer?.status?.statusCode === "ProceedWithParams" ? { ...log, ...answer.newFields } : log;
      emit(`${channel}Finished`, { [`${channel}Data`]: data, [`${channel}LogData`]: saved });
      return saved;
    },
  };
};
