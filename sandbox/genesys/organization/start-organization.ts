import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { attachChannelSockets } from "./channel-socket.ts";
import { type Clock, systemClock } from "./clock.ts";
import { analyticsEndpoints } from "./http/analytics-endpoints.ts";
import { controlEndpoints } from "./http/control-endpoints.ts";
import { conversationEndpoints } from "./http/conversation-endpoints.ts";
import { desktopEndpoints } from "./http/desktop-endpoints.ts";
import { directoryEndpoints } from "./http/directory-endpoints.ts";
import { loginEndpoints } from "./http/login-endpoints.ts";
import { messageEndpoints } from "./http/message-endpoints.ts";
import { notificationEndpoints } from "./http/notification-endpoints.ts";
import { oauthEndpoints } from "./http/oauth-endpoints.ts";
import { serve } from "./http/serve.ts";
import { createOperate } from "./operate.ts";
import type { Settings } from "./settings.ts";
import { createSteer } from "./steer.ts";
import type { AudioHookTarget } from "./voice.ts";
import { createWorld } from "./world.ts";

export type OrganizationOptions = {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** Under which address others reach it, where that is not its own. */
  publicUrl?: string;
  clock?: Clock;
  /** The same seed gives the same ids and the same chance; without it every start is a new one. */
  seed?: number;
  settings?: Partial<Settings>;
  /** The product's address; its callback is registered with the demo client. */
  portalUrl?: string;
  redirectUris?: readonly string[];
  /** What the desktop frames unless its page is told otherwise; placeholders as in an integration. */
  widgetUrl?: string;
  /** Guards `/_control`; open without it. */
  controlToken?: string;
  /** Where calls stream to when the caller names no target. */
  audiohook?: () => Promise<AudioHookTarget | undefined>;
  onError?: (error: unknown) => void;
};

export type Organization = Awaited<ReturnType<typeof startOrganization>>;

/** A Genesys Cloud organization on one origin: login, API, streaming and the agents' desktop. */
export async function startOrganization(options: OrganizationOptions = {}) {
  const { clock = systemClock(), portalUrl = "http://localhost:3000", host = "127.0.0.1" } = options;
  let url = options.publicUrl ?? "";
  const world = createWorld({
    clock,
    seed: options.seed,
    settings: options.settings,
    redirectUris: options.redirectUris ?? [`${portalUrl.replace(/\/$/, "")}/widget/genesys/callback`],
    url: () => url,
  });
  const operate = createOperate(world, options.audiohook ?? (async () => undefined));
  const steer = createSteer(world);
  const onError = options.onError ?? (() => {});
  const endpoints = [
    ...oauthEndpoints(world),
    ...loginEndpoints(world),
    ...directoryEndpoints(world),
    ...notificationEndpoints(world),
    ...conversationEndpoints(world),
    ...messageEndpoints(world),
    ...analyticsEndpoints(world),
    ...controlEndpoints({ world, operate, steer }),
    ...desktopEndpoints({ world, operate, portalUrl, widgetUrl: options.widgetUrl }),
  ];
  const server = createServer(serve({ world, endpoints, controlToken: options.controlToken, onError }));
  const sockets = attachChannelSockets(server, world);
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  url = (options.publicUrl || `http://localhost:${port}`).replace(/\/$/, "");
  return {
    url,
    world,
    start: operate.start,
    customer: operate.customer,
    agentActs: operate.agent,
    call: operate.call,
    agentToken: operate.agentToken,
    customerWrites: (conversationId: string, text: string) =>
      world.messaging.customerWrites(conversationId, { text }).id,
    faults: { ...world.faults, ...steer },
    sent: world.messaging.sent,
    wrapUps: world.wrapUps.saved,
    /** The platform forgets a queue; conversations keep its id. */
    removeQueue: world.directory.removeQueue,
    reset: world.reset,
    async close(): Promise<void> {
      await world.voice.drain();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
