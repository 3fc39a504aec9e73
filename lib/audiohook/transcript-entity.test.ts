import { expect, test } from "vitest";
import { transcriptEntity } from "./transcript-entity.ts";

const SAID = {
  id: "0b5f6f39-8a5e-8a54-9c0b-0d2f8d6f3a01",
  channelId: 1,
  isFinal: true,
  text: "My order.",
  startMs: 21_300,
  durationMs: 600,
  confidence: 0.93,
  language: "en-US",
  words: [
    { text: "My", startMs: 21_300, endMs: 21_500, confidence: 0.9 },
    { text: "order.", startMs: 21_500, endMs: 21_900 },
  ],
};

test("a final carries all that the platform asks of one", () => {
  expect(transcriptEntity(SAID)).toEqual({
    type: "transcript",
    data: {
      id: "0b5f6f39-8a5e-5a54-9c0b-0d2f8d6f3a01",
      channelId: 1,
      isFinal: true,
      offset: "PT21.3S",
      duration: "PT0.6S",
      alternatives: [
        {
          confidence: 0.93,
          languages: ["en-US"],
          interpretations: [
            {
              type: "display",
              transcript: "My order.",
              tokens: [
                { type: "word", value: "My", confidence: 0.9, offset: "PT21.3S", duration: "PT0.2S" },
                { type: "word", value: "order.", confidence: 0.93, offset: "PT21.5S", duration: "PT0.4S" },
              ],
            },
          ],
        },
      ],
    },
  });
});

test.each([
  [undefined, 0.9],
  [1.7, 1],
  [-1, 0],
])("a confidence of %s is told as %s", (confidence, told) => {
  const { confidence: _, ...without } = SAID;
  const entity = transcriptEntity({ ...without, ...(confidence !== undefined && { confidence }) });
  expect(entity.data).toMatchObject({ alternatives: [{ confidence: told }] });
});
