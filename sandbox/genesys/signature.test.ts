import { expect, test } from "vitest";
import { signRequest } from "./signature.ts";

const OFFICIAL = {
  authority: "AudioHook.example.com",
  target: "/api/v1/voicebiometrics/ws",
  organizationId: "d7934305-0972-4844-938e-9060eef73d05",
  sessionId: "30b0e395-84d3-4570-ac13-9a62d8f514c0",
  correlationId: "e160e428-53e2-487c-977d-96989bf5c99d",
  apiKey: "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh",
  clientSecret: "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=",
  nonce: "VGhpc0lzQVVuaXF1ZU5vbmNl",
  created: 1641013200,
  expires: 3282026430,
};

test("the vendor's own example gets the vendor's own signature", () => {
  expect(signRequest(OFFICIAL).Signature).toBe("sig1=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:");
});

test("every request has a nonce of its own, at least 22 characters long", () => {
  const nonces = [1, 2].map(() => {
    const header = signRequest({ ...OFFICIAL, nonce: undefined })["Signature-Input"];
    return /nonce="([^"]+)"/.exec(header)?.[1] ?? "";
  });
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(nonces.every((nonce) => nonce.length >= 22)).toBe(true);
});
