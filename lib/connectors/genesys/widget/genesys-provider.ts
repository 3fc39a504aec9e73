import type { PlatformAccess } from "../../platform-access.ts";
import type { ProviderState, WidgetHandlers, WidgetProvider } from "../../widget-provider.ts";
import type { BrowserProvider } from "../../widget-registry.ts";
import type { ProviderParts } from "../../widget-sign-in.ts";
import { createGenesysClient } from "../api/genesys-client.ts";
import type { GenesysHosts } from "../api/hosts.ts";
import type { OpenSocket } from "../notifications/channel-socket.ts";
import { agentDesktop } from "./agent-desktop.ts";
import { createFollower, type Follower } from "./follow-agent.ts";
import { type SharedSignIn, shareSignIn } from "./share-sign-in.ts";
import type { SiblingMessage } from "./shared-feed.ts";
import { browserSiblings, joinSiblings, type SiblingPlatform } from "./siblings.ts";
import { readParameters } from "./widget-parameters.ts";
import { genesysWriteBack } from "./write-back.ts";

/** What the provider takes from the browser; a test brings its own. */
export type GenesysParts = Omit<ProviderParts, "page"> & {
  page?: Window | undefined;
  siblings: SiblingPlatform;
  openSocket: OpenSocket;
  access: Omit<PlatformAccess, "quota">;
};

/** The interaction widget in the agent's own name (contract sections 4 to 6 and 8W). */
export const genesysProvider: BrowserProvider = {
  fits: (parameters) => readParameters(parameters).fromDesktop,
  create: (parts) =>
    createGenesysProvider({
      ...parts,
      siblings: browserSiblings(window),
      openSocket: (url) => new WebSocket(url),
      access: browserAccess(parts.connection),
    }),
};

export function createGenesysProvider(parts: GenesysParts): WidgetProvider {
  const { door, setup, page } = parts;
  let handlers: WidgetHandlers | undefined;
  let signIn: SharedSignIn | undefined;
  let follower: Follower | undefined;
  const access: PlatformAccess = { ...parts.access, quota: (report) => handlers?.onQuota?.(report) };
  const token = async () => signIn?.agent()?.accessToken ?? "";
  const client = createGenesysClient({ hosts: setup.hosts as GenesysHosts, access, token });
  const own = readParameters(parts.parameters).conversationId;
  const desktop = page && agentDesktop(page, parts.host);

  const start = (given: WidgetHandlers) => {
    handlers = given;
    const stopping = new AbortController();
    const siblings = joinSiblings<SiblingMessage>(
      `omnibots genesys ${parts.connection}`,
      (message) => {
        signIn?.hear(message);
        follower?.hear(message);
      },
      parts.siblings,
    );
    const tellState = (state: ProviderState) => (signIn ? signIn.tell(state) : given.onState?.(state));
    follower = createFollower({ ...parts, access, client, siblings, own, handlers: given, tellState });
    signIn = shareSignIn({
      door,
      access,
      siblings,
      signal: stopping.signal,
      // The door may know the agent already: then this is called before `shareSignIn` has answered.
      onAgent: (agent, before) => void Promise.resolve().then(() => follower?.follow(agent, before)),
      onState: (state) => given.onState?.(state),
    });
    const leaveDesktop = desktop?.live();
    return () => {
      leaveDesktop?.();
      stopping.abort();
      follower?.close();
      siblings.close();
      handlers = undefined;
    };
  };

  return {
    start,
    signIn: () => door.open(),
    writeBack: genesysWriteBack({
      client,
      userId: () => signIn?.agent()?.user.id,
      onSent: (conversationId, { id, text, at }) =>
        follower?.receive({
          kind: "message",
          message: { conversationId, messageId: id, from: "agent", text, at },
        }),
    }),
    ...(desktop && { insert: desktop.propose }),
  };
}

function browserAccess(connection: string): GenesysParts["access"] {
  return {
    connectionId: connection,
    fetch: (input, init) => fetch(input, { ...init, credentials: "omit", referrerPolicy: "no-referrer" }),
    now: () => Date.now(),
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer = setTimeout(resolve, ms);
        const stop = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", stop, { once: true });
      }),
    sandboxes: {},
  };
}
