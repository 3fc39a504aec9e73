import { expect, test } from "vitest";
import { pinAddresses } from "./pinned-address.ts";

const pointingTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

test("a public name is pinned to the addresses that were looked at", async () => {
  const pin = pinAddresses("", pointingTo("93.184.216.34", "2606:2800:21f::1"));
  const { url, addresses } = await pin("https://speech.example/");
  expect(url.hostname).toBe("speech.example");
  expect(addresses.map(({ address }) => address)).toEqual(["93.184.216.34", "2606:2800:21f::1"]);
});

test.each([
  ["a name with one private address", "https://speech.example", ["93.184.216.34", "10.0.0.1"]],
  ["a name with no address", "https://speech.example", []],
  ["a private address", "https://192.168.1.1", []],
  ["the machine itself", "https://[::1]:8443", []],
  ["an address in the clear", "http://speech.example", ["93.184.216.34"]],
  ["another scheme", "ftp://speech.example", ["93.184.216.34"]],
])("%s is refused", async (_what, address, found) => {
  await expect(pinAddresses("", pointingTo(...found))(address)).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("an operator's host is taken, in the clear too, and only at its own port", async () => {
  const pin = pinAddresses("127.0.0.1:9000", pointingTo());
  expect((await pin("http://127.0.0.1:9000")).addresses).toEqual([{ address: "127.0.0.1", family: 4 }]);
  await expect(pin("http://127.0.0.1:9001")).rejects.toMatchObject({ code: "invalid_input" });
});

test("a name that cannot be resolved may be there later", async () => {
  const pin = pinAddresses("", async () => {
    throw new Error("ENOTFOUND");
  });
  await expect(pin("https://speech.example")).rejects.toMatchObject({ code: "upstream_unavailable" });
});
