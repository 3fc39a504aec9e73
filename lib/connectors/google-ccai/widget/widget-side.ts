import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type IdClaims, verifyIdToken } from "#/lib/pubsub/id-token.ts";
import { createKeySource } from "#/lib/pubsub/key-source.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { defineWidgetSide, type WidgetSetup } from "../../widget-sign-in.ts";
import { exchange, jsonOf } from "../api/exchange.ts";
import { CERTS_PATH, hostsOf } from "../api/hosts.ts";
import { type WidgetCredentials, widgetCredentials } from "./widget-credentials.ts";

type Connected = { credentials: WidgetCredentials; access: PlatformAccess };

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  id_token: z.string().min(1),
});

/**
 * Signs agents in with Google (Authorization Code with PKCE). Anybody may have a Google account, so that only those
 * of the domains that the admin named are agents; a connection without a domain has no sign-in.
 */
export const widgetSide = defineWidgetSide({
  credentials: widgetCredentials,
  setup({ cloud, agentClientId, agentDomains }, sandboxes): WidgetSetup | undefined {
    if (!agentClientId || agentDomains.length === 0) return undefined;
    const desk = cloud === "sandbox" ? sandboxes["google-ccai"] : undefined;
    if (cloud === "sandbox" && !desk) return undefined;
    const { signIn } = hostsOf(cloud, sandboxes);
    const organizationName = agentDomains.join(", ");
    return { hosts: { signIn, ...(desk && { desk: new URL(desk).origin }) }, organizationName };
  },
  // The browser's half asks Google nothing.
  connect: () => [],
  frames: ({ hosts }) => (hosts.desk ? [hosts.desk] : []),
  begin: (connected, { redirectUri, state, challenge }) => {
    const { clientId, domains, hosts } = agentClient(connected);
    const url = new URL(`${hosts.signIn}/o/oauth2/v2/auth`);
    const [only] = domains;
    url.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: "code",
      scope: "openid email profile",
      state,
      code_challenge: challenge,
      code_challenge_method: "S256",
      prompt: "select_account",
      // A hint for the account chooser; what counts is checked below.
      ...(domains.length === 1 && only && { hd: only }),
    }).toString();
    return url.href;
  },
  async finish(connected, { redirectUri, code, verifier }, signal) {
    const { clientId, clientSecret, domains, hosts } = agentClient(connected);
    const { access } = connected;
    const form = {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      client_id: clientId,
      redirect_uri: redirectUri,
      ...(clientSecret && { client_secret: clientSecret }),
    };
    const text = await exchange(access, {
      url: `${hosts.token}/token`,
      init: {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form).toString(),
      },
      idempotent: false,
      attempts: 1,
      signal,
    });
    const answer = tokenAnswer.safeParse(jsonOf(text));
    if (!answer.success)
      throw new AppError(
        "upstream_rejected",
        "Google's token endpoint answered something else than a token.",
      );
    const keys = createKeySource({ url: hosts.certs + CERTS_PATH, fetch: access.fetch, now: access.now });
    const claims = await verifyIdToken(answer.data.id_token, {
      audience: clientId,
      keys,
      nowMs: access.now(),
    });
    const domain = domainOf(claims, domains);
    return {
      accessToken: answer.data.access_token,
      expiresInSeconds: answer.data.expires_in,
      user: { id: claims.email ?? claims.sub, ...(typeof claims.name === "string" && { name: claims.name }) },
      organization: { id: domain, name: domain },
      organizationConfirmed: true,
    };
  },
  // Dialogflow's conversations do not say which person is their agent.
  takesPart: async () => "unknown",
});

/**
 * The Workspace domain of the account, by Google's own claim: an address alone proves nothing, since a private
 * account can be made for any address.
 */
function domainOf(claims: IdClaims, domains: readonly string[]): string {
  const domain = typeof claims.hd === "string" ? claims.hd.toLowerCase() : "";
  if (domain !== "" && domains.includes(domain) && claims.email_verified === true) return domain;
  const whose = domain === "" ? "a private account" : `an account of ${domain}`;
  throw new AppError(
    "forbidden",
    `You are signed in with ${whose}, and this widget belongs to ${domains.join(", ")}. Sign in again and choose your work account.`,
  );
}

function agentClient({ credentials, access }: Connected) {
  const {
    agentClientId: clientId,
    agentClientSecret: clientSecret,
    agentDomains: domains,
    cloud,
  } = credentials;
  if (!clientId || domains.length === 0)
    throw new AppError("invalid_input", "This connection has no client for agents to sign in with.");
  return { clientId, clientSecret, domains, hosts: hostsOf(cloud, access.sandboxes) };
}
