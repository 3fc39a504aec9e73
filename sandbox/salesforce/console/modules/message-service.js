// Lightning Message Service: across this page and its Visualforce frames, to whoever listens now. Nothing is replayed.
export const APPLICATION_SCOPE = Symbol("application");
export const MessageContext = Symbol("context");

const subscriptions = new Set();
const later = (run) => setTimeout(run, 0);

/** Frames of this page that may take part. */
const frames = () => [...document.querySelectorAll("iframe")].map(({ contentWindow }) => contentWindow);

function hear(channel, record) {
  for (const { channel: own, handler } of subscriptions)
    if (own === channel) later(() => handler(structuredClone(record)));
}

export function publish(_context, channel, record) {
  const copy = structuredClone(record);
  hear(channel, copy);
  for (const frame of frames()) frame?.postMessage({ lms: channel, record: copy }, location.origin);
}

export function subscribe(_context, channel, handler) {
  const subscription = { channel, handler };
  subscriptions.add(subscription);
  return subscription;
}

export function unsubscribe(subscription) {
  subscriptions.delete(subscription);
}

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || !frames().includes(event.source) || !event.data?.lms) return;
  hear(event.data.lms, event.data.record);
  for (const frame of frames()) if (frame !== event.source) frame?.postMessage(event.data, location.origin);
});
