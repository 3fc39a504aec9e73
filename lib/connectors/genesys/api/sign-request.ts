import { createHmac, randomBytes, randomUUID } from "node:crypto";

type Call = { address: URL; apiKey: string; clientSecret: string | undefined; organizationId: string };

const LIFETIME_SECONDS = 30;

/** The headers with which Genesys Cloud opens an AudioHook socket; signed where there is a secret. */
export function audiohookHeaders(call: Call, sessionId: string, nowMs: number): Record<string, string> {
  const identity = {
    "audiohook-organization-id": call.organizationId,
    "audiohook-session-id": sessionId,
    "audiohook-correlation-id": randomUUID(),
    "x-api-key": call.apiKey,
  };
  if (!call.clientSecret) return identity;
  return { ...identity, ...signature(call, identity, nowMs) };
}

/** HTTP message signature as an early draft has it: the request target carries no method. */
function signature(call: Call, identity: Record<string, string>, nowMs: number): Record<string, string> {
  const { address, apiKey, clientSecret = "" } = call;
  const covered: Record<string, string> = {
    "@request-target": address.pathname + address.search,
    // `host` has lost the scheme's own port already.
    "@authority": address.host.toLowerCase(),
    ...identity,
  };
  const created = Math.floor(nowMs / 1000);
  const names = Object.keys(covered)
    .map((name) => `"${name}"`)
    .join(" ");
  const nonce = randomBytes(16).toString("base64");
  const parameters = `(${names});keyid="${apiKey}";nonce="${nonce}";alg="hmac-sha256";created=${created};expires=${created + LIFETIME_SECONDS}`;
  const base = [
    ...Object.entries(covered).map(([name, value]) => `"${name}": ${value}`),
    `"@signature-params": ${parameters}`,
  ].join("\n");
  const key = Buffer.from(clientSecret, "base64");
  const proof = createHmac("sha256", key).update(base).digest("base64");
  return { "signature-input": `sig1=${parameters}`, signature: `sig1=:${proof}:` };
}
