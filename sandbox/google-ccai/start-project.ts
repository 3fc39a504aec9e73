import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { controlEndpoints } from "./http/control-endpoints.ts";
import { deskEndpoints } from "./http/desk-endpoints.ts";
import { dialogflowEndpoints, insightsEndpoints } from "./http/dialogflow-endpoints.ts";
import { oauthEndpoints } from "./http/oauth-endpoints.ts";
import { pubsubEndpoints } from "./http/pubsub-endpoints.ts";
import { serve } from "./http/serve.ts";
import { createProject, keyFileOf } from "./project.ts";

export type GoogleOptions = {
  /** 0 takes a free one. */
  port?: number;
  host?: string;
  /** Under which address others reach it, where that is not its own. */
  publicUrl?: string;
  /** The product's address; its callback is registered with the agents' client. */
  portalUrl?: string;
  widgetUrl?: string;
  controlToken?: string;
  now?: () => number;
  random?: () => number;
  onError?: (error: unknown) => void;
};

export type GoogleProject = Awaited<ReturnType<typeof startGoogleProject>>;

/** A Google Cloud project on one origin: sign-in, Pub/Sub, Dialogflow, CCAI Insights and an agent's desk. */
export async function startGoogleProject(options: GoogleOptions = {}) {
  const { host = "127.0.0.1", portalUrl = "http://localhost:3000" } = options;
  const project = createProject(options);
  const portal = portalUrl.replace(/\/$/, "");
  project.redirectUris.add(`${portal}/widget/google-ccai/callback`);
  const endpoints = [
    ...oauthEndpoints(project),
    ...pubsubEndpoints(project),
    ...dialogflowEndpoints(project),
    ...insightsEndpoints(project),
    ...controlEndpoints(project),
    ...deskEndpoints(project, { portalUrl: portal, widgetUrl: options.widgetUrl }),
  ];
  const { controlToken, onError = () => {} } = options;
  const server = createServer(serve({ project, endpoints, controlToken, onError }));
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: (options.publicUrl || `http://localhost:${port}`).replace(/\/$/, ""),
    project,
    /** The service account's JSON key, to be pasted into the connection's form. */
    keyFile: keyFileOf(project),
    center: project.center,
    pubsub: project.pubsub,
    faults: project.faults,
    async close(): Promise<void> {
      project.pubsub.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
