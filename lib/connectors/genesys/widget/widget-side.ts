import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { defineWidgetSide, type WidgetSetup } from "../../widget-sign-in.ts";
import { authorizeUrl, exchangeCode, me, tokenInfo } from "../api/agent-sign-in.ts";
import { createGenesysClient } from "../api/genesys-client.ts";
import { type GenesysHosts, hostsOf } from "../api/hosts.ts";
import { takesPart } from "./takes-part.ts";
import { type WidgetCredentials, widgetCredentials } from "./widget-credentials.ts";

type Connected = { credentials: WidgetCredentials; access: PlatformAccess };

/** Signs agents in by Authorization Code with PKCE (contract section 2.2) and binds them to the tenant's organization. */
export const widgetSide = defineWidgetSide({
  credentials: widgetCredentials,
  setup({ environment, clientId, agentClientId, organizationName }, sandboxes): WidgetSetup | undefined {
    if (!environment || !(agentClientId ?? clientId)) return undefined;
    if (environment === "sandbox" && !sandboxes.genesys) return undefined;
    return { hosts: hostsOf(environment, sandboxes), ...(organizationName && { organizationName }) };
  },
  connect: ({ hosts }) =>
    [hosts.api, hosts.login, streamingOrigin(hosts.api)].filter((host) => host !== undefined),
  // The regions' desktops are in the manifest; the sandbox's is known only here.
  frames: ({ hosts }) => (hosts.apps ? [hosts.apps] : []),
  begin: (connected, step) => {
    const { hosts, clientId } = agentClient(connected);
    const { organizationId } = connected.credentials;
    return authorizeUrl({ hosts, clientId, ...step, organizationHint: organizationId });
  },
  async finish(connected, step, signal) {
    const { hosts, clientId } = agentClient(connected);
    const { access, credentials } = connected;
    const token = await exchangeCode({ hosts, access, clientId, ...step, signal });
    const client = createGenesysClient({ hosts, access, token: async () => token.accessToken });
    const [{ organization }, { id, name }] = await Promise.all([
      tokenInfo(client, signal),
      me(client, signal),
    ]);
    refuseStrangers(organization, credentials);
    const organizationConfirmed = credentials.organizationId !== undefined;
    return { ...token, organization, organizationConfirmed, user: { id, ...(name && { name }) } };
  },
  takesPart,
});

function agentClient({ credentials, access }: Connected): { hosts: GenesysHosts; clientId: string } {
  const clientId = credentials.agentClientId ?? credentials.clientId;
  if (!credentials.environment || !clientId)
    throw new AppError("invalid_input", "This connection has no client for agents to sign in with.");
  return { hosts: hostsOf(credentials.environment, access.sandboxes), clientId };
}

/** Any user of the platform may hold a token; only those of the tenant's organization are its agents. */
function refuseStrangers(signedIn: { id: string; name?: string }, own: WidgetCredentials): void {
  // What is not learnt yet is learnt by the admin's test alone: the first agent must not decide it.
  if (!own.organizationId || signedIn.id.toLowerCase() === own.organizationId) return;
  const wanted = own.organizationName ?? "the one that this widget is connected to";
  throw new AppError(
    "forbidden",
    `You are signed in to the organization ${signedIn.name ?? signedIn.id}, and this widget belongs to another one: ${wanted}. Sign out of Genesys Cloud, then sign in there.`,
  );
}

/** The channel's address comes from the API; under a region it stands on this host (contract section 1). */
function streamingOrigin(api: string | undefined): string | undefined {
  if (!api) return undefined;
  const { protocol, host } = new URL(api);
  return protocol === "https:" ? `wss://${host.replace(/^api\./, "streaming.")}` : `ws://${host}`;
}
