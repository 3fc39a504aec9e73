import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { createOutbound, type Resolved } from "./outbound.ts";
import { readPage } from "./read-page.ts";

const server = createServer((request, response) => {
  if (request.url === "/moved") response.writeHead(302, { location: "/page" }).end();
  else if (request.url === "/inwards") response.writeHead(302, { location: "http://10.0.0.1/" }).end();
  else if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
  else if (request.url === "/image") response.writeHead(200, { "content-type": "image/png" }).end("x");
  else response.writeHead(200, { "content-type": "text/html" }).end("<h1>Reached</h1>");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());

const pointingTo =
  (...addresses: string[]) =>
  async (): Promise<Resolved[]> =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

test.each([
  "http://127.0.0.1:5432/",
  "http://2130706433/",
  "http://0x7f.1/",
  "http://[::1]/",
  "http://[::ffff:169.254.169.254]/",
  "http://169.254.169.254/latest/meta-data/",
  "http://192.168.1.1/",
  "http://100.64.0.1/",
  "http://0.0.0.0/",
  "http://[fd00::1]/",
  "http://[64:ff9b::7f00:1]/",
])("%s is refused", async (address) => {
  const outbound = createOutbound({ allowedHosts: "" });
  await expect(outbound.check(address)).rejects.toThrow("not a public address");
  await expect(outbound.fetch(address)).rejects.toThrow("not a public address");
});

test.each(["ftp://example.com/", "file:///etc/passwd", "https://me:secret@example.com/", "not an address"])(
  "%s is refused before anything is resolved",
  async (address) => {
    const resolve = () => Promise.reject(new Error("was asked"));
    await expect(createOutbound({ allowedHosts: "", resolve }).check(address)).rejects.toMatchObject({
      code: "invalid_input",
    });
  },
);

test("a name is refused when one of its addresses is private", async () => {
  const outbound = createOutbound({ allowedHosts: "", resolve: pointingTo("93.184.216.34", "10.0.0.5") });
  await expect(outbound.fetch("http://mixed.example/")).rejects.toMatchObject({ code: "invalid_input" });
});

test("a name that pointed outwards at the check and inwards at the call is refused", async () => {
  const answers = [pointingTo("93.184.216.34"), pointingTo("127.0.0.1")];
  const outbound = createOutbound({ allowedHosts: "", resolve: () => (answers.shift() ?? pointingTo())() });
  await outbound.check(`http://rebinding.example:${port}/`);
  await expect(outbound.fetch(`http://rebinding.example:${port}/`)).rejects.toThrow("not a public address");
});

test("the operator's list opens a host, with a port only that port", async () => {
  const outbound = createOutbound({ allowedHosts: `localhost, 127.0.0.1:${port}` });
  expect((await outbound.fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  await expect(outbound.check("http://localhost:1/")).resolves.toBeUndefined();
  await expect(outbound.check("http://127.0.0.1:1/")).rejects.toThrow("not a public address");
});

test("a page is read through its redirects, and none of them leads inwards", async () => {
  const outbound = createOutbound({ allowedHosts: `127.0.0.1:${port}` });
  const read = (path: string) => readPage(outbound, `http://127.0.0.1:${port}${path}`, 1_000);
  expect(new TextDecoder().decode((await read("/moved")).content)).toBe("<h1>Reached</h1>");
  await expect(read("/inwards")).rejects.toThrow("not a public address");
  await expect(read("/loop")).rejects.toThrow("circles");
  await expect(read("/image")).rejects.toThrow("image/png");
  await expect(readPage(outbound, `http://127.0.0.1:${port}/page`, 5)).rejects.toMatchObject({
    code: "too_large",
  });
});

test("a socket goes to the addresses that were looked at, encrypted unless the host is allowed", async () => {
  const outbound = createOutbound({ allowedHosts: "broker.test:8080", resolve: pointingTo("10.0.0.7") });
  expect(await outbound.addresses(new URL("ws://broker.test:8080/ws/v2"))).toEqual([
    { address: "10.0.0.7", family: 4 },
  ]);
  await expect(outbound.addresses(new URL("wss://broker.test/ws/v2"))).rejects.toThrow(
    "not a public address",
  );
  await expect(outbound.addresses(new URL("wss://127.0.0.1/ws/v2"))).rejects.toThrow("not a public address");
  const open = createOutbound({ allowedHosts: "", resolve: pointingTo("93.184.216.34") });
  expect(await open.addresses(new URL("wss://broker.test/ws/v2"))).toHaveLength(1);
  await expect(open.addresses(new URL("ws://broker.test/ws/v2"))).rejects.toThrow("wss://");
});
