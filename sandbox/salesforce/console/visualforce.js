// What Visualforce brings to a page in Lightning Experience: message channels and remoting.
(() => {
  const handlers = new Map();

  window.addEventListener("message", (event) => {
    if (event.source !== parent || event.origin !== location.origin || !event.data?.lms) return;
    for (const handler of handlers.get(event.data.lms) ?? []) handler(event.data.record);
  });

  window.sforce = {
    one: {
      publish: (channel, record) => parent.postMessage({ lms: channel, record }, location.origin),
      subscribe: (channel, handler) => {
        handlers.set(channel, [...(handlers.get(channel) ?? []), handler]);
        return { channel, handler };
      },
      unsubscribe: ({ channel, handler }) => {
        handlers.set(
          channel,
          (handlers.get(channel) ?? []).filter((one) => one !== handler),
        );
      },
    },
  };

  window.Visualforce = {
    remoting: {
      Manager: {
        invokeAction: async (name, ...rest) => {
          const at = rest.findIndex((one) => typeof one === "function");
          const callback = rest[at];
          const userId = new URLSearchParams(location.search).get("user");
          try {
            const response = await fetch(`/apex/${name}`, {
              method: "POST",
              headers: { "content-type": "application/json", "x-sandbox-console": "1" },
              body: JSON.stringify({ userId, args: rest.slice(0, at) }),
            });
            const answer = await response.json();
            if (response.ok) callback(answer, { status: true });
            else callback(null, { status: false, message: answer?.[0]?.message ?? "It failed." });
          } catch {
            callback(null, { status: false, message: "Unable to connect to the server." });
          }
        },
      },
    },
  };

  // Lightning Web Security may sandbox a frame without its origin: `?opaque` plays that.
  window.sandboxOpaque = (bridge) => {
    const { start } = bridge;
    bridge.start = (ports) => start({ ...ports, sandbox: "allow-scripts" });
  };
})();
