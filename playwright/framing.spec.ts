import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";
import { customerWrites, startDemo } from "./support/desktop.ts";
import { test } from "./support/portal.ts";
import { PORTAL } from "./support/product.ts";

const KNOWN = `${PORTAL}/widget/genesys/demo-genesys`;

let stranger: Server;
let strangeOrigin = "";
test.beforeAll(async () => {
  stranger = createServer((request, response) => {
    const framed = new URL(request.url ?? "", PORTAL).searchParams.get("frame") ?? "";
    response.setHeader("content-type", "text/html");
    response.end(`<title>A stranger</title><iframe src="${framed}"></iframe>`);
  });
  await new Promise<void>((done) => stranger.listen(0, "127.0.0.1", done));
  strangeOrigin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
});
test.afterAll(() => new Promise<void>((done) => stranger.close(() => done())));

for (const [what, address] of [
  ["the widget", KNOWN],
  ["a widget of no connection", `${PORTAL}/widget/genesys/nobody`],
  ["the portal", `${PORTAL}/demo/overview`],
  ["the sign-in page", `${PORTAL}/sign-in`],
] as const)
  test(`${what} does not show in a stranger's frame`, async ({ page }) => {
    const refused = page.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
    await page.goto(`${strangeOrigin}/?frame=${encodeURIComponent(address)}`);
    await refused;
    await expect(page.frameLocator("iframe").getByRole("main")).toHaveCount(0);
  });

test("a connection that is not known may be framed by nobody, not even a platform", async ({ request }) => {
  const policyOf = async (address: string) =>
    (await request.get(address)).headers()["content-security-policy"] ?? "";
  expect(await policyOf(KNOWN)).toMatch(/frame-ancestors https:\/\//);
  expect(await policyOf(`${PORTAL}/widget/genesys/nobody`)).toContain("frame-ancestors 'none'");
  expect(await policyOf(`${PORTAL}/widget/five9/demo-genesys`)).toContain("frame-ancestors 'none'");
});

test("the widget keeps nothing in the browser, and no token in its address", async ({ browser, page }) => {
  const own = await startDemo(page, { source: "Demo chat" });
  const address = own.page.url();
  // An agent's browser has never seen the portal.
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const desktop = await context.newPage();
  await desktop.goto(address);
  await expect(desktop.getByText("Widget connected")).toBeVisible();
  const widget = desktop.frameLocator("iframe");
  await customerWrites({ page: desktop, widget, conversationId: "" }, "Where is my parcel?");
  await expect(desktop.getByText("✓ delivered")).toBeVisible();

  const frame = desktop.frames().find((each) => each.url().includes("/widget/"));
  const kept = await frame?.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    address: location.href,
  }));
  expect(kept).toMatchObject({ cookie: "", local: 0, session: 0, databases: 0, caches: 0 });
  expect(kept?.address).not.toMatch(/[#?&]t=/);
  expect(await context.cookies()).toEqual([]);
  await context.close();
});
