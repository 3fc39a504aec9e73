import { expect, test } from "vitest";
import { orderOf } from "./message-id.ts";

test("a later message has the greater order, across ledgers and inside a batch", () => {
  // Ledger 16, entry 3; the same with batch index 2; ledger 300, entry 0.
  expect(orderOf("CBAQAw==")).toEqual([16, 3, 0]);
  expect(orderOf("CBAQAyAC")).toEqual([16, 3, 2]);
  expect(orderOf("CKwCEAA=")).toEqual([300, 0, 0]);
});

test("absent partition and batch may be written as -1", () => {
  const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
  const bytes = Buffer.from([0x08, 16, 0x10, 3, 0x18, ...minusOne, 0x20, ...minusOne]);
  expect(orderOf(bytes.toString("base64"))).toEqual([16, 3, 0]);
});

test("an id of a partitioned topic and an unknown form have no order", () => {
  for (const id of ["CBAQAxgB", "", "AAAA", "not an id", "CBA="]) expect(orderOf(id)).toBeUndefined();
});
