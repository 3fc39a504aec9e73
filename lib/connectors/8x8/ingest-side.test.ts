import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import type { IngestAnswer } from "../ingest.ts";
import { credentials } from "./credentials.ts";
import { ingestSide } from "./ingest-side.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const NOW = Date.parse("2026-03-02T10:00:00Z");
const own = credentials.parse({
  apiKey: "eght_x",
  tenantId: "acme",
  gatewayKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
  transcriptSecret: "now",
  previousTranscriptSecret: "before",
});
const MESSAGE = {
  eventType: "MESSAGE",
  conversationId: "int-chat-1",
  messageId: "m-1",
  data: { text: "Hello", sender: { type: "user" } },
};

function receive(rest: string, body: string, headers: Record<string, string>): IngestAnswer {
  const request = {
    method: "POST" as const,
    rest,
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(body),
    receivedAt: NOW,
  };
  return ingestSide.receive(own, request) as IngestAnswer;
}

function gateway(body: string, as: (value: number) => unknown, alg = "RS256") {
  const head = Buffer.from(JSON.stringify({ alg, b64: false, crit: ["b64"] })).toString("base64url");
  const said = JSON.stringify({
    checksum: as(crc32(body)),
    cid: "c",
    eid: "e-1",
    retry: as(0),
    tid: "acme",
    tt: as(NOW),
  });
  const signature = sign("RSA-SHA256", Buffer.from(`${head}.${said}`), privateKey).toString("base64url");
  return {
    "x-8x8-signature": `${head}..${signature}`,
    "x-8x8-customer-id": "c",
    "x-8x8-event-id": "e-1",
    "x-8x8-retry": "0",
    "x-8x8-tenant-id": "acme",
    "x-8x8-transmission-time": `${NOW}`,
  };
}

test.each([
  ["text", String],
  ["numbers", (value: number) => value],
])("a gateway event signed over %s is stored under its event id", (_form, as) => {
  const body = JSON.stringify(MESSAGE);
  expect(receive("chat", body, gateway(body, as))).toEqual({
    status: 200,
    deliveries: [
      { messageId: "gateway/e-1", payload: { kind: "gateway", conversationId: "int-chat-1", body: MESSAGE } },
    ],
  });
});

test("another body, another event id, another algorithm and no signature at all are refused", () => {
  const body = JSON.stringify(MESSAGE);
  const good = gateway(body, String);
  const bad = [
    receive("chat", body.replace("Hello", "Hi"), good),
    receive("chat", body, { ...good, "x-8x8-event-id": "e-2" }),
    receive("chat", body, gateway(body, String, "none")),
    receive("chat", body, { ...good, "x-8x8-signature": "a.b.c" }),
    receive("chat", body, {}),
  ];
  for (const answer of bad) {
    expect(answer.status).toBe(401);
    expect(answer.deliveries).toBeUndefined();
  }
});

const signed = (body: string, secret = "now", at = NOW) => ({
  "x-omnibots-timestamp": `${at}`,
  "x-omnibots-signature": `sha256=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`,
});

test("a transcription service's utterances become utterances, alone or as a list, with either secret of a rotation", () => {
  const said = { interactionGUID: "int-1", utteranceId: "u1", speaker: "customer", text: "Twice!" };
  const interim = { ...said, utteranceId: "u2", isFinal: false };
  for (const secret of ["now", "before"]) {
    const body = JSON.stringify([said, interim]);
    expect(receive("transcripts", body, signed(body, secret)).deliveries).toMatchObject([
      { payload: { kind: "utterance", conversationId: "int-1", speaker: "customer", text: "Twice!" } },
    ]);
  }
});

test("what cannot be mapped is kept with the path that led nowhere", () => {
  const body = JSON.stringify({ text: "Twice!" });
  expect(receive("transcripts", body, signed(body)).deliveries).toMatchObject([
    { payload: { kind: "stream", problem: expect.stringContaining("interactionGUID") } },
  ]);
});

test("a wrong secret, an old request and an unsigned one store nothing", () => {
  const body = "{}";
  for (const headers of [signed(body, "wrong"), signed(body, "now", NOW - 600_000), {}])
    expect(receive("transcripts", body, headers)).not.toHaveProperty("deliveries");
});
