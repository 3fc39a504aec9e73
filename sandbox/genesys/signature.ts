import { createHmac, randomBytes } from "node:crypto";

export type SigningInput = {
  authority: string;
  /** Path and query only; this draft of HTTP message signatures has no method in it. */
  target: string;
  organizationId: string;
  sessionId: string;
  correlationId: string;
  apiKey: string;
  clientSecret: string;
  nonce?: string;
  /** Unix seconds. */
  created?: number;
  expires?: number;
};

const LIFETIME_SECONDS = 30;

/** The two signature headers of the connection request, keyed with the decoded client secret. */
export function signRequest(input: SigningInput): { "Signature-Input": string; Signature: string } {
  const components: [string, string][] = [
    ["@request-target", input.target],
    ["@authority", input.authority.toLowerCase()],
    ["audiohook-organization-id", input.organizationId],
    ["audiohook-session-id", input.sessionId],
    ["audiohook-correlation-id", input.correlationId],
    ["x-api-key", input.apiKey],
  ];
  const created = input.created ?? Math.floor(Date.now() / 1000);
  const expires = input.expires ?? created + LIFETIME_SECONDS;
  const nonce = input.nonce ?? randomBytes(18).toString("base64");
  const names = components.map(([name]) => `"${name}"`).join(" ");
  const params = `(${names});keyid="${input.apiKey}";nonce="${nonce}";alg="hmac-sha256";created=${created};expires=${expires}`;
  const base = [
    ...components.map(([name, value]) => `"${name}": ${value}`),
    `"@signature-params": ${params}`,
  ];
  const key = Buffer.from(input.clientSecret, "base64");
  const signature = createHmac("sha256", key).update(base.join("\n")).digest("base64");
  return { "Signature-Input": `sig1=${params}`, Signature: `sig1=:${signature}:` };
}
