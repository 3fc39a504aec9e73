import { expect, test } from "vitest";
import { chooseMedia, partiesOf } from "./media.ts";

const offer = (channels: string[], changes: Record<string, unknown> = {}) => ({
  type: "audio",
  format: "PCMU",
  channels,
  rate: 8000,
  ...changes,
});

test("both parties are preferred wherever they stand in the list", () => {
  const stereo = offer(["external", "internal"]);
  expect(chooseMedia([offer(["internal"]), offer(["external"]), stereo])).toEqual(stereo);
});

test("a reversed offer is taken in its own order and mapped by name", () => {
  const reversed = offer(["internal", "external"]);
  const chosen = chooseMedia([reversed]);
  expect(chosen).toEqual(reversed);
  expect(chosen && partiesOf(chosen)).toEqual(["agent", "customer"]);
});

test("of two single channels the customer's is taken", () => {
  expect(chooseMedia([offer(["internal"]), offer(["external"])])).toEqual(offer(["external"]));
  expect(chooseMedia([offer(["internal"])])).toEqual(offer(["internal"]));
});

test("L16, other rates, unknown channels and nonsense are passed over", () => {
  const mono = offer(["external"]);
  const unusable = [
    offer(["external", "internal"], { format: "L16" }),
    offer(["external", "internal"], { rate: 16_000 }),
    offer(["external", "external"]),
    offer(["external", "supervisor"]),
    offer([]),
    null,
    "PCMU",
  ];
  expect(chooseMedia([...unusable, mono])).toEqual(mono);
  expect(chooseMedia(unusable)).toBeUndefined();
});

test("the taken offer goes back unmodified, unknown fields included", () => {
  const extended = offer(["external", "internal"], { codecHint: "g711" });
  expect(chooseMedia([extended])).toEqual(extended);
});
