import type { SignedRequest } from "../signature.ts";

/** The platform's own published example of a signed upgrade request. */
export const GOLDEN_SECRET = "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=";
export const GOLDEN_API_KEY = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh";
export const GOLDEN_CREATED = 1641013200;
export const GOLDEN_SIGNATURE = "NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=";

const PARAMETERS = `keyid="${GOLDEN_API_KEY}";nonce="VGhpc0lzQVVuaXF1ZU5vbmNl";alg="hmac-sha256";created=${GOLDEN_CREATED};expires=3282026430`;
const COMPONENTS =
  '"@request-target" "@authority" "audiohook-organization-id" "audiohook-session-id" "audiohook-correlation-id" "x-api-key"';

export function goldenRequest(headers: Record<string, string | undefined> = {}): SignedRequest {
  return {
    target: "/api/v1/voicebiometrics/ws",
    authority: "audiohook.example.com",
    headers: {
      "audiohook-organization-id": "d7934305-0972-4844-938e-9060eef73d05",
      "audiohook-session-id": "30b0e395-84d3-4570-ac13-9a62d8f514c0",
      "audiohook-correlation-id": "e160e428-53e2-487c-977d-96989bf5c99d",
      "x-api-key": GOLDEN_API_KEY,
      "signature-input": `sig1=(${COMPONENTS});${PARAMETERS}`,
      signature: `sig1=:${GOLDEN_SIGNATURE}:`,
      ...headers,
    },
  };
}
