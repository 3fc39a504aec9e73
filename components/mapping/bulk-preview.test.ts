import { expect, test } from "vitest";
import type { MappingRow } from "#/lib/routing/list-mappings.ts";
import { bulkPreview } from "./bulk-preview.ts";

const row = {
  queueName: "Billing",
  knowledgeBaseId: "b-1",
  knowledgeBase: "Help centre",
  systemPrompt: "Be brief.",
  modelIntegrationId: undefined,
  model: undefined,
  threshold: 0.5,
} as MappingRow;
const choices = { bases: [{ id: "b-2", name: "Returns" }], models: [{ id: "m-1", name: "House model" }] };
const changes = (set: object) =>
  bulkPreview([row], set, choices).flatMap((one) => one.changes.map(({ field, to }) => `${field}: ${to}`));

test("only what is set and differs is a change", () => {
  expect(changes({})).toEqual([]);
  expect(changes({ threshold: 0.5 })).toEqual([]);
  expect(changes({ knowledgeBaseId: "b-2", modelIntegrationId: "m-1", threshold: 0.6 })).toEqual([
    "Knowledge base: Returns",
    "Model: House model",
    "Threshold: 0.6",
  ]);
});

test("a cleared field goes back to what there is without it", () => {
  expect(changes({ knowledgeBaseId: null, threshold: null })).toEqual([
    "Knowledge base: none of its own",
    "Threshold: the product's own",
  ]);
});
