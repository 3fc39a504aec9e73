import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SandboxError } from "../sandbox-error.ts";
import { consoleEndpoints } from "./http/console-endpoints.ts";
import { controlEndpoints } from "./http/control-endpoints.ts";
import { oauthEndpoints } from "./http/oauth-endpoints.ts";
import { pageEndpoints } from "./http/page-endpoints.ts";
import { serve } from "./http/serve.ts";
import { createOrg, type Org, type Settings } from "./org.ts";

export type OrgOptions = Partial<Settings> & {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  publicUrl?: string;
  /** Guards `/_control`; open without it. */
  controlToken?: string;
  now?: () => number;
  onError?: (error: unknown) => void;
};

export type RunningOrg = { url: string; org: Org; close(): Promise<void> };

/** Fixed, so that a connection that knows them works after every start. */
const DEMO: Settings = {
  orgId: "00D5g000000Sandbox",
  orgName: "Acme (sandbox)",
  consumerKey: "sandbox-consumer-key",
  consumerSecret: "sandbox-consumer-secret",
  exchangeSecret: "",
  portalUrl: "http://localhost:3000",
};

/** A Salesforce org on one origin: login, API, and the Service Console with the package deployed. */
export async function startOrg(options: OrgOptions = {}): Promise<RunningOrg> {
  const {
    port = 0,
    host = "127.0.0.1",
    publicUrl,
    controlToken,
    now = Date.now,
    onError = () => {},
    ...own
  } = options;
  const org = createOrg({ ...DEMO, ...own }, now);
  const endpoints = [
    ...oauthEndpoints(org),
    ...pageEndpoints(org),
    ...consoleEndpoints(org),
    ...controlEndpoints(org),
  ];
  const server = createServer(serve({ endpoints, controlToken, onError }));
  server.listen(port, host);
  const failed = await Promise.race([
    once(server, "listening").then(() => undefined),
    once(server, "error").then(([error]) => error as NodeJS.ErrnoException),
  ]);
  if (failed)
    throw new SandboxError(`The Salesforce sandbox cannot listen on port ${port} (${failed.code}).`);
  const at = (server.address() as AddressInfo).port;
  return {
    url: (publicUrl || `http://localhost:${at}`).replace(/\/$/, ""),
    org,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
