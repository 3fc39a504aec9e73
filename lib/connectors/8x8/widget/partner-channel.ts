import type { PartnerSdk } from "./partner-sdk.ts";

/** Until Agent Workspace opens the channel, it is asked this often, so many times, as its own SDK does. */
const ASK_EVERY_MS = 1_000;
const MOST_ASKS = 6;
/** What waits for the channel: more would mean that nobody is there. */
const MOST_WAITING = 50;

type ChannelPage = Pick<
  Window,
  "addEventListener" | "removeEventListener" | "parent" | "setTimeout" | "clearTimeout"
>;

export type PartnerChannel = PartnerSdk & { close(): void };

/**
 * Agent Workspace's partner protocol (contract section 6): the page around the frame hands over a message port. Only
 * the page that frames us is heard, and only where it may frame this connection; no cookie is set.
 */
export function openPartnerChannel(page: ChannelPage, host: string | undefined): PartnerChannel {
  let port: MessagePort | undefined;
  let onMessage: (data: unknown) => void = () => {};
  let waiting: unknown[] = [];
  let asks = 0;
  let asking: number | undefined;

  const post = (message: unknown) => {
    if (port) port.postMessage(message);
    else if (waiting.length < MOST_WAITING) waiting.push(message);
  };
  const request = (namespace: string, action: string, value?: unknown) =>
    post({ type: "request", message: { action, namespace, ...(value !== undefined && { value }) } });
  const own = (name: string, value: unknown) => ({ type: "sdk-message", message: { name, value } });

  const hear = ({ source, origin, data, ports }: MessageEvent) => {
    const [given] = ports;
    if (source !== page.parent || host === undefined || origin !== host || data !== "init" || !given) return;
    port?.close();
    port = given;
    given.onmessage = (message) => onMessage(message.data);
    page.clearTimeout(asking);
    given.postMessage(own("setup-complete", { version: "omnibots" }));
    given.postMessage(own("capabilities", { thirdPartyCookiesEnabled: false }));
    for (const message of waiting) given.postMessage(message);
    waiting = [];
  };
  const ask = () => {
    if (port || asks >= MOST_ASKS || host === undefined) return;
    asks += 1;
    page.parent.postMessage(own("ask-initialisation", { origin: globalThis.location?.origin ?? "" }), host);
    asking = page.setTimeout(ask, ASK_EVERY_MS);
  };
  page.addEventListener("message", hear);
  asking = page.setTimeout(ask, ASK_EVERY_MS);

  return {
    system: {
      initialise: ({ onMessage: listener, ...app }) => {
        onMessage = listener;
        request("system", "initialise", { ...app, partnerSdkVersion: "0.15.0" });
      },
      getContext: () => request("system", "getContext"),
      getEvents: () => request("system", "getEvents"),
      sendEvent: (name, data) => request("system", "sendEvent", { name, data }),
    },
    activity: { signal: () => request("activity", "signal"), idle: () => request("activity", "idle") },
    close: () => {
      page.clearTimeout(asking);
      page.removeEventListener("message", hear);
      port?.close();
    },
  };
}
