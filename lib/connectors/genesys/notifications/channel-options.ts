import type { PlatformAccess } from "../../platform-access.ts";
import type { ProviderState } from "../../widget-provider.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import type { OpenSocket } from "./channel-socket.ts";

export type ChannelOptions = {
  client: GenesysClient;
  access: PlatformAccess;
  openSocket: OpenSocket;
  /** 1,000 at most. */
  topics: readonly string[];
  onEvent(topic: string, body: unknown): void;
  onUnknown(topic: string, payload: unknown): void;
  /** A socket has just opened. There is no replay: what was said before must be fetched. */
  onConnected(): void;
  onState(state: ProviderState & { detail?: string }): void;
  random?: () => number;
};
