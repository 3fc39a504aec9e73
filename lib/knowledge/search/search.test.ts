import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buildIndex, type IndexChunk, vectorTexts } from "./build-index.ts";
import { composeQuery, type Turn } from "./compose-query.ts";
import { CARD_THRESHOLD } from "./confidence.ts";
import { search } from "./search.ts";

const aChunk = (
  documentId: string,
  title: string,
  text: string,
  more: Partial<IndexChunk> = {},
): IndexChunk => ({
  id: `${documentId}#0`,
  documentId,
  title,
  headingPath: [],
  text,
  ...more,
});

const SHOP = buildIndex([
  aChunk("refunds", "Refunds", "A refund reaches your card within five working days of the return."),
  aChunk("shipping", "Delivery times", "Parcels arrive in two to four working days."),
  aChunk("password", "Reset your password", "Choose Forgot password on the sign-in page."),
  aChunk("outage", "Outages", "During an outage the status page shows which region is affected."),
]);

const PHONES = buildIndex(
  ["Aurora", "Borealis"]
    .flatMap((name) => [
      aChunk(`${name}-battery`, `${name} - battery`, "The battery lasts two days.", { subject: name }),
      aChunk(`${name}-camera`, `${name} - camera`, "The camera has three lenses.", { subject: name }),
    ])
    .concat(aChunk("warranty", "Warranty", "Every phone battery has a warranty of two years.")),
);

const said = (text: string, speaker: Turn["speaker"] = "customer"): Turn => ({ speaker, text });

function found(index: ReturnType<typeof buildIndex>, ...turns: Turn[]) {
  return search(index, composeQuery(turns, index), { limit: 5 });
}

test("the passage that shares the question's rare words comes first and says why", () => {
  const [best] = found(SHOP, said("When is the refund on my card?"));
  expect(best).toMatchObject({ documentId: "refunds", matchedTerms: ["refund", "card"] });
  expect(best?.why).toContain("refund");
});

test("word forms meet: a question in another form of the word is answered", () => {
  expect(found(SHOP, said("has it been refunded"))[0]?.documentId).toBe("refunds");
  expect(found(SHOP, said("how are parcels delivered"))[0]?.documentId).toBe("shipping");
});

test("a question the base knows nothing about stays below the threshold", () => {
  for (const question of ["Which wine goes with lobster?", "Can my dog ride the train to Vienna?"]) {
    const [best] = found(SHOP, said(question));
    expect(best?.score ?? 0).toBeLessThan(CARD_THRESHOLD);
  }
  expect(found(SHOP, said("When does the refund reach my card?"))[0]?.score).toBeGreaterThan(CARD_THRESHOLD);
});

test("an unclear last turn is read with the turn before it", () => {
  const [best] = found(
    SHOP,
    said("I sent my parcel back and wait for the refund"),
    said("and how many days is that?"),
  );
  expect(best?.documentId).toBe("refunds");
});

test("the subject named last decides whose passages are searched", () => {
  const [best] = found(
    PHONES,
    said("I have the Aurora"),
    said("A fine phone.", "agent"),
    said("how long does the battery last"),
  );
  expect(best?.documentId).toBe("Aurora-battery");
  const [switched] = found(
    PHONES,
    said("I have the Aurora"),
    said("and now the Borealis"),
    said("how long does the battery last"),
  );
  expect(switched?.documentId).toBe("Borealis-battery");
});

test("passages that belong to no subject stay in the search", () => {
  const ids = found(PHONES, said("I have the Aurora"), said("is there a battery warranty")).map(
    (p) => p.documentId,
  );
  expect(ids[0]).toBe("warranty");
  expect(ids).not.toContain("Borealis-battery");
});

test("a vector close to a sentence finds a passage without a common word", () => {
  const east = new Float32Array([1, 0]);
  const north = new Float32Array([0, 1]);
  const flat = (...vectors: Float32Array[]) => new Float32Array(vectors.flatMap((vector) => [...vector]));
  const index = buildIndex([
    aChunk("a", "One", "Alpha.", { vectors: flat(north, east) }),
    aChunk("b", "Two", "Beta.", { vectors: flat(north, north) }),
  ]);
  const [best] = search(index, composeQuery([said("gamma")]), { limit: 1, vectors: [east] });
  expect(best).toMatchObject({ documentId: "a", dense: 1 });
});

test("a title and every sentence get a vector of their own", () => {
  const chunk = aChunk("a", "Fees", "No fee at home. Abroad it is 2 %.", {
    headingPath: ["Cards", "Abroad"],
  });
  expect(vectorTexts(chunk)).toEqual(["Fees. Abroad", "No fee at home.", "Abroad it is 2 %."]);
});

test("whatever is asked, scores are between 0 and 1 and in order", async () => {
  await fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 80 }), { maxLength: 8 }), (turns) => {
      const passages = found(SHOP, ...turns.map((text) => said(text)));
      for (const passage of passages) {
        expect(passage.score).toBeGreaterThanOrEqual(0);
        expect(passage.score).toBeLessThanOrEqual(1);
      }
      const ranks = passages.map((passage) => passage.rank);
      expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    }),
  );
});

test("an empty base and an empty talk give nothing", () => {
  expect(found(buildIndex([]), said("anything"))).toEqual([]);
  expect(found(SHOP)).toEqual([]);
});
