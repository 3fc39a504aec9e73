import { describe, expect, test } from "vitest";
import type { Connector } from "#/lib/connectors/connector.ts";
import { conversationEventSchema } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";

const PLACE = {
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
};
const ORIGIN = { ...PLACE, receivedAt: Date.parse("2026-03-02T10:00:00Z") };

/** The promises every connector keeps, run against its recorded payloads. */
export function describeConnector(connector: Connector, fixtures: Record<string, unknown>): void {
  const { manifest } = connector;
  const recorded = Object.entries(fixtures);

  describe(`${manifest.label} connector`, () => {
    test("what it does not know is refused as invalid input", () => {
      for (const payload of [undefined, null, 7, "text", [], {}, { kind: "no such kind" }]) {
        expect(() => connector.normalize(payload, ORIGIN)).toThrow(AppError);
      }
    });

    test("says what it needs and how to set it up", () => {
      expect(manifest.credentialFields.length).toBeGreaterThan(0);
      expect(manifest.setupSteps.length).toBeGreaterThan(0);
      for (const host of manifest.frameAncestors) expect(host).toMatch(/^https:\/\/(\*\.)?[a-z0-9.-]+$/);
    });

    test("what any widget hands in is understood, and a sample of an unknown shape is kept for later", () => {
      const conversationId = "c-1";
      const types = [
        { kind: "message", message: { messageId: "m-1", from: "customer", text: "Hello" } },
        { kind: "question", askId: "a-1", text: "How long?" },
        { kind: "context", queue: { id: "q-1" } },
        { kind: "chat.ended", reason: "transferred" },
      ].flatMap((told) => connector.normalize({ conversationId, ...told }, ORIGIN).map(({ type }) => type));
      expect(types).toEqual([
        "conversation.started",
        "utterance",
        "question.asked",
        "conversation.updated",
        "conversation.ended",
      ]);
      const sample = { kind: "unknown", topic: "v3.new", sample: { some: "thing" } };
      expect(() => connector.normalize(sample, ORIGIN)).toThrow(
        expect.objectContaining({ code: "unknown_shape" }),
      );
    });

    if (recorded.length === 0) return;

    test.each(recorded)("%s normalizes to valid events of its own tenant", (_name, payload) => {
      for (const event of connector.normalize(payload, ORIGIN)) {
        expect(conversationEventSchema.parse(event)).toMatchObject(PLACE);
      }
    });

    test.each(recorded)("%s keeps its ids when it is delivered again later", (_name, payload) => {
      const ids = (receivedAt: number) =>
        connector.normalize(payload, { ...ORIGIN, receivedAt }).map((event) => event.id);
      expect(ids(ORIGIN.receivedAt + 60_000)).toEqual(ids(ORIGIN.receivedAt));
    });

    test.each(recorded)("%s has other ids on another connection", (_name, payload) => {
      const ids = (connectionId: string) =>
        connector.normalize(payload, { ...ORIGIN, connectionId }).map((event) => event.id);
      const other = new Set(ids("0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a02"));
      expect(ids(PLACE.connectionId).filter((id) => other.has(id))).toEqual([]);
    });
  });
}
