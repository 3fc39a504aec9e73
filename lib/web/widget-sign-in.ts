import { createHash, randomBytes } from "node:crypto";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { widgetSideOf } from "#/lib/connectors/widget-sides.ts";
import type { AgentToken } from "#/lib/connectors/widget-sign-in.ts";
import type { Connection } from "#/lib/integrations/find-connection.ts";
import { type ServerNetwork, serverAccess } from "#/lib/integrations/server-access.ts";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { AgentSessions } from "#/lib/realtime/agent-session.ts";
import { type AdmissionGround, admitWidget, sameSecret, type WidgetTicket } from "./widget-admission.ts";
import { hashOf, type SignInFlow, type SignInPlace, type SignInStore } from "./widget-sign-in-store.ts";

/** What a sign-in rests on; passed in, so that a test needs no web process. */
export type SignInGround = AdmissionGround & {
  read(tenantId: string, connectionId: string): Promise<Connection | undefined>;
  /** Settings and unsealed secrets, for the platform's own schema. */
  valuesOf(connection: Connection): Record<string, unknown>;
  store: SignInStore;
  agents: AgentSessions;
  network: ServerNetwork;
  portalUrl: string;
  clock: Clock;
  log: Log;
};

export type SignInStart = WidgetTicket & {
  mode: "popup" | "redirect";
  /** The widget's own parameters, which a frame that leaves would lose. */
  parameters: Record<string, string>;
  /** Redirect only: a secret that stays in the frame while it is away. */
  keeper?: string | undefined;
};

const EXCHANGE_MS = 20_000;
/** No I, L, O, U, 0 or 1: an agent may have to type it. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 8;

const secret = () => randomBytes(32).toString("base64url");
const withoutSlash = (url: string) => url.replace(/\/+$/, "");
export const redirectUriOf = (portalUrl: string, platform: string) =>
  `${withoutSlash(portalUrl)}/widget/${platform}/callback`;

/** Begins a sign-in for whoever shows the widget's embed token. State and verifier never leave the server. */
export async function startSignIn(request: SignInStart, ground: SignInGround) {
  const { connection } = await admitWidget(request, ground);
  const { side, connected, setup } = connectedTo(connection, ground);
  if (!setup) throw new AppError("not_found", "This connection has no sign-in for agents.");
  if (request.mode === "redirect" && !request.keeper)
    throw new AppError("invalid_input", "A sign-in by redirect needs a keeper.");
  const [ticket, state, verifier] = [secret(), secret(), secret()];
  const redirectUri = redirectUriOf(ground.portalUrl, connection.platform);
  const { mode, parameters } = request;
  const flow: SignInFlow = {
    verifier,
    redirectUri,
    mode,
    parameters,
    ticketHash: hashOf(ticket),
    ...(mode === "redirect" && request.keeper ? { keeperHash: hashOf(request.keeper) } : {}),
  };
  await ground.store.begin(state, placeOf(connection), flow);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { ticket, authorizeUrl: side.begin(connected, { redirectUri, state, challenge }) };
}

export type Returned = { state: string; code?: string | undefined; error?: string | undefined };

/** How the browser that came back from the platform goes on. */
export type Homecoming =
  | { kind: "popup"; label: string; name?: string; code: string }
  | { kind: "popup-failed"; label: string; reason: string }
  | { kind: "frame"; address: string }
  | { kind: "unknown"; label: string };

/**
 * Takes the platform's answer, once per state. What came of it is kept for the widget that began; it gets it only
 * with a word that this browser alone is told now (popup) or has kept (redirect). So whoever begins a sign-in and
 * has somebody else complete it, gets nothing.
 */
export async function returnFromPlatform(
  platform: PlatformId,
  returned: Returned,
  ground: SignInGround,
): Promise<Homecoming> {
  const { label } = manifestOf(platform);
  const taken = await ground.store.takeFlow(returned.state);
  const connection = taken && (await ground.read(taken.place.tenantId, taken.place.connectionId));
  if (!taken || !connection?.active || connection.platform !== platform) return { kind: "unknown", label };
  const { place, flow } = taken;
  const outcome = await outcomeOf(connection, flow, returned, ground);
  return flow.mode === "popup"
    ? homeInPopup({ place, flow, outcome, label }, ground)
    : homeInFrame({ place, flow, outcome, connection }, ground);
}

type Outcome = { token: AgentToken } | { reason: string };

async function outcomeOf(
  connection: Connection,
  { redirectUri, verifier }: SignInFlow,
  { code, error }: Returned,
  ground: SignInGround,
): Promise<Outcome> {
  const { label } = manifestOf(connection.platform);
  if (error || !code) return { reason: deniedWords(label, error) };
  const { side, connected } = connectedTo(connection, ground);
  try {
    const signal = AbortSignal.timeout(EXCHANGE_MS);
    return { token: await side.finish(connected, { redirectUri, code, verifier }, signal) };
  } catch (failure) {
    ground.log.warn({ err: failure, connectionId: connection.id }, "agent sign-in failed");
    if (isAppError(failure) && failure.code === "forbidden") return { reason: failure.message };
    const temporary = !isAppError(failure) || failure.retryable;
    return {
      reason: temporary
        ? `${label} could not be reached to complete the sign-in. Sign in again.`
        : `${label} did not accept the sign-in: it was used already, took too long, or the widget's client is not set up for it. Sign in again; if it stays, ask your administrator to run the connection's test.`,
    };
  }
}

function deniedWords(label: string, error: string | undefined): string {
  if (error === "access_denied") return `You did not allow the sign-in at ${label}. Nothing was changed.`;
  return `${label} ended the sign-in without a result. Sign in again.`;
}

type Home = { place: SignInPlace; flow: SignInFlow; outcome: Outcome };

async function homeInPopup(
  { place, flow, outcome, label }: Home & { label: string },
  ground: SignInGround,
): Promise<Homecoming> {
  const code = typedCode();
  await keepOutcome({ ticketHash: flow.ticketHash, proofHash: hashOf(code), place, outcome }, ground);
  if ("reason" in outcome) return { kind: "popup-failed", label, reason: outcome.reason };
  const { name } = outcome.token.user;
  return { kind: "popup", label, code, ...(name && { name }) };
}

/** The frame has forgotten all it knew: its address is put together again, with a ticket behind the `#`. */
async function homeInFrame(
  { place, flow, outcome, connection }: Home & { connection: Connection },
  ground: SignInGround,
): Promise<Homecoming> {
  const ticket = secret();
  const proofHash = flow.keeperHash ?? hashOf(secret());
  await keepOutcome({ ticketHash: hashOf(ticket), proofHash, place, outcome }, ground);
  const address = new URL(
    `${withoutSlash(ground.portalUrl)}/widget/${connection.platform}/${encodeURIComponent(connection.publicId)}`,
  );
  for (const [name, value] of Object.entries(flow.parameters)) address.searchParams.set(name, value);
  address.hash = new URLSearchParams({ t: ground.embedTokenOf(connection) ?? "", ticket }).toString();
  return { kind: "frame", address: address.href };
}

async function keepOutcome(
  kept: { ticketHash: string; proofHash: string; place: SignInPlace; outcome: Outcome },
  ground: SignInGround,
): Promise<void> {
  const { outcome, proofHash } = kept;
  if ("reason" in outcome) {
    await ground.store.settle(kept.ticketHash, kept.place, { state: "failed", reason: outcome.reason });
    return;
  }
  const { expiresInSeconds, accessToken, user, organization, organizationConfirmed } = outcome.token;
  const expiresAt = ground.clock() + expiresInSeconds * 1000;
  const ready = { accessToken, user, organization, organizationConfirmed, proofHash, expiresAt };
  await ground.store.settle(kept.ticketHash, kept.place, { state: "ready", ...ready });
}

const LOST = {
  state: "failed",
  reason: "The sign-in took too long or was lost on the way. Sign in again.",
} as const;

/** What came of a sign-in, to whoever has its ticket and the word for it; given out once. */
export async function finishSignIn(
  { ticket, proof }: { ticket: string; proof?: string | undefined },
  ground: SignInGround,
) {
  const ticketHash = hashOf(ticket);
  const found = await ground.store.read(ticketHash);
  if (!found) return LOST;
  const { place, result } = found;
  if (result.state !== "ready") return result;
  if (proof === undefined) return { state: "arrived" } as const;
  if (
    !sameSecret(hashOf(normalProof(proof)), result.proofHash) &&
    !sameSecret(hashOf(proof), result.proofHash)
  ) {
    await ground.store.wrongProof(ticketHash);
    return { state: "arrived", wrong: true } as const;
  }
  if (!(await ground.store.take(ticketHash))) return LOST;
  const { accessToken, expiresAt, user, organization, organizationConfirmed } = result;
  const session = await ground.agents.mint({
    ...place,
    agentId: user.id,
    ...(user.name ? { agentName: user.name } : {}),
    organizationId: organization.id,
    confirmed: organizationConfirmed,
  });
  return {
    state: "ready",
    accessToken,
    expiresAt,
    user,
    organization,
    organizationConfirmed,
    agentSession: session.token,
    agentSessionEndsAt: session.endsAt,
  } as const;
}

/** As an agent types it: small letters, spaces and dashes do not matter. */
const normalProof = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, "");

function typedCode(): string {
  // The alphabet's length divides 240: of a byte above it nothing is taken, so that all letters are as likely.
  let code = "";
  while (code.length < CODE_LENGTH) {
    const [byte = 255] = randomBytes(1);
    if (byte < 240) code += ALPHABET[byte % ALPHABET.length];
  }
  return code;
}

function connectedTo(connection: Connection, ground: SignInGround) {
  const side = widgetSideOf(connection.platform);
  if (!side) throw new AppError("not_found", "This connection has no sign-in for agents.");
  const credentials = side.credentials.parse(ground.valuesOf(connection));
  const access = serverAccess(ground.network, connection.id);
  return { side, connected: { credentials, access }, setup: side.setup(credentials, access.sandboxes) };
}

const placeOf = ({ tenantId, id }: Connection): SignInPlace => ({ tenantId, connectionId: id });
