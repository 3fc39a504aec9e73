import { expect, test } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../platform-access.ts";
import { credentials } from "./credentials.ts";
import { streamOf } from "./open-stream.ts";

test("a broker at an address that may not be reached is refused before its protocol is spoken", async () => {
  const asked: string[] = [];
  const access: PlatformAccess = {
    connectionId: "c",
    fetch,
    addressesOf: async (address) => {
      asked.push(address.href);
      throw new AppError("invalid_input", "The address is not allowed.");
    },
    now: Date.now,
    wait: async () => {},
    quota: () => {},
    sandboxes: {},
  };
  const own = credentials.parse({
    apiKey: "eght_x",
    tenantId: "acme",
    site: "uk3",
    transport: "native",
    brokerUrl: "pulsar+ssl://10.0.0.1:6651",
  });
  const handlers = { onOpen: () => {}, onMessage: () => {}, onUnreadable: () => {}, onEnd: () => {} };
  await expect(streamOf(own, "event-v1/all", access).open("latest", handlers)).rejects.toMatchObject({
    message: "The address is not allowed.",
  });
  expect(asked).toEqual(["wss://10.0.0.1:6651/"]);
});
