// The workspace's half of the partner protocol, written from the contract: it hands a message port to the frame.
const find = (id) => document.getElementById(id);
const frame = find("widget");
let port;

function log(way, data) {
  find("log").textContent = `${way} ${JSON.stringify(data)}\n${find("log").textContent}`.slice(0, 8000);
}
function send(data) {
  const message = { ...data, schemaVersion: "1.0.0" };
  log("to partner", message);
  port?.postMessage(message);
}

export const tell = (eventName, value) => send({ type: "event", message: { eventName, value } });
export const respond = (namespace, request, value) =>
  send({ type: "response", message: { namespace, request, value } });

/** `answers` by the name of what is asked; `onRequest` hears of everything else that the partner asks for. */
export function openPort({ answers, onRequest }) {
  const hear = ({ data }) => {
    log("from partner", data);
    if (data?.type !== "request") return;
    const { namespace, action, value } = data.message;
    if (Object.hasOwn(answers, action)) respond(namespace, action, answers[action]());
    else onRequest(action, value);
  };
  const open = () => {
    const channel = new MessageChannel();
    port?.close();
    port = channel.port1;
    port.onmessage = hear;
    frame.contentWindow.postMessage("init", "*", [channel.port2]);
  };
  frame.addEventListener("load", () => {
    if (frame.src) open();
  });
  window.addEventListener("message", ({ source, data }) => {
    if (source === frame.contentWindow && data?.message?.name === "ask-initialisation") open();
  });
}
