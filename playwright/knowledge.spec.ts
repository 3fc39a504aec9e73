import { expect, type Page } from "@playwright/test";
import { aDocx } from "#/lib/knowledge/testing/a-docx.ts";
import { anEncryptedPdf, aPdf } from "#/lib/knowledge/testing/a-pdf.ts";
import { aPage, aSite } from "#/lib/knowledge/testing/a-site.ts";
import { deleteByName, test, unique, visit } from "./support/portal.ts";
import { MODEL_SERVER_PORT, PORTAL } from "./support/product.ts";

const ARTICLE = `# Bringing a dog along

## Fees

A dog travels for 12 EUR on each leg. Guide dogs travel free of charge.

## Muzzles

Dogs larger than a cat wear a muzzle on board.
`;

test("a base takes a readable file, says why another failed, refuses a private page and answers", async ({
  page,
}) => {
  const name = unique("Ferries");
  await visit(page, "/demo/knowledge");
  await page.getByRole("button", { name: "New knowledge base" }).click();
  const dialog = page.getByRole("dialog", { name: "New knowledge base" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("No document yet")).toBeVisible();

  await page.locator('input[type="file"]').setInputFiles([
    { name: "dogs.md", mimeType: "text/markdown", buffer: Buffer.from(ARTICLE) },
    {
      name: "drawn-by-script.html",
      mimeType: "text/html",
      buffer: Buffer.from("<html><body><script>draw()</script></body></html>"),
    },
  ]);
  const ready = page.getByRole("row").filter({ hasText: "Bringing a dog along" });
  await expect(ready.getByText("ready")).toBeVisible();
  const failed = page.getByRole("row").filter({ hasText: "drawn-by-script.html" });
  await expect(failed.getByText("failed")).toBeVisible();
  await expect(failed).toContainText("No text was found in the document.");
  await expect(failed.getByRole("button", { name: "Retry" })).toBeVisible();

  await page.getByLabel("Web page").fill("http://10.0.0.1/terms");
  await page.getByRole("button", { name: "Add page" }).click();
  await expect(page.getByText("10.0.0.1 is not a public address.").first()).toBeVisible();
  await expect(page.getByText("2 documents")).toBeVisible();

  await page.getByRole("link", { name: "Try a question" }).click();
  await page.getByLabel("Try a question").fill("What does it cost to take my dog?");
  await page.getByRole("button", { name: "Ask" }).click();
  const tried = page.getByRole("region", { name: "Try it" });
  await expect(tried.getByText("12 EUR").first()).toBeVisible();
  await expect(tried.getByRole("link", { name: /Bringing a dog along › Fees/ })).toBeVisible();
  await expect(tried.getByText("Asked words").first()).toBeVisible();
  await expect(tried.getByText("Meaning").first()).toBeVisible();

  await page.getByRole("link", { name: "Documents" }).click();
  await deleteByName(page.getByRole("main"), name);
  await expect(page).toHaveURL(/\/demo\/knowledge$/);
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

/** An empty base on its own page. */
async function aBase(page: Page, name: string): Promise<void> {
  await visit(page, "/demo/knowledge");
  await page.getByRole("button", { name: "New knowledge base" }).click();
  const dialog = page.getByRole("dialog", { name: "New knowledge base" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

const file = (name: string, content: Uint8Array) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});

test("PDF and Word files keep their pages and headings, a changed one its former text", async ({ page }) => {
  const name = unique("Handbooks");
  await aBase(page, name);
  const returns = (deadline: string) =>
    aDocx([
      { style: "Title", text: "Returning a coat" },
      { style: "Heading1", text: "Deadline" },
      { text: deadline },
    ]);
  const input = page.locator('input[type="file"]');
  await input.setInputFiles([
    file(
      "batteries.pdf",
      aPdf([
        [["Battery handbook", 24], [""], ["Batteries are part of the device."]],
        [["Cover", 16], [""], ["A battery is covered for twelve months."]],
      ]),
    ),
    file("returns.docx", returns("Send it back within thirty days.")),
    file("locked.pdf", anEncryptedPdf()),
  ]);
  await expect(
    page.getByRole("row").filter({ hasText: "Battery handbook" }).getByText("ready"),
  ).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "locked.pdf" })).toContainText(
    "protected by a password",
  );
  await expect(
    page.getByRole("row").filter({ hasText: "Returning a coat" }).getByText("ready"),
  ).toBeVisible();

  await input.setInputFiles([file("returns.docx", returns("Send it back within sixty days."))]);
  await page.getByRole("link", { name: "Battery handbook" }).click();
  await expect(page.getByText("page 2", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Re-index" }).click();
  await expect(page.getByText("Queued. It is being indexed anew.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name }).click();

  await page.getByRole("link", { name: "Returning a coat" }).click();
  await page.getByRole("link", { name: "Versions" }).click();
  await page.waitForURL(/\/versions/);
  await expect(async () => {
    await page.reload();
    await expect(page.locator("ins")).toHaveText("sixty", { timeout: 1_000 });
  }).toPass();
  await expect(page.locator("del")).toHaveText("thirty");
  await page.getByRole("main").getByRole("link", { name }).click();
  await deleteByName(page.getByRole("main"), name);
  await expect(page).toHaveURL(/\/demo\/knowledge$/);
});

test("a small site is read, and its pages say what became of them", async ({ page }) => {
  const name = unique("Site");
  const site = await aSite(
    {
      "/robots.txt": { body: "User-agent: *\nDisallow: /help/internal\n", type: "text/plain" },
      "/help/": aPage("Help with ferries", "Where to find answers.", ["fares", "internal", "missing"]),
      "/help/fares": aPage("Ferry fares", "A return ticket costs 24 EUR on weekdays."),
    },
    MODEL_SERVER_PORT,
  );
  try {
    await aBase(page, name);
    await page.getByRole("link", { name: "Sites" }).click();
    await page.getByRole("button", { name: "Add a site" }).click();
    await page.getByLabel("Start address").fill(`${site.origin}/help/`);
    await page.getByRole("button", { name: "Add and read it" }).click();
    await expect(page.getByText("up to date")).toBeVisible({ timeout: 30_000 });
    const row = (path: string) => page.getByRole("row").filter({ hasText: path });
    await expect(row("/help/fares").getByText("added")).toBeVisible();
    await expect(row("/help/internal")).toContainText("robots.txt does not allow");
    await expect(row("/help/missing")).toContainText("The site answered 404.");
  } finally {
    await site.close();
  }
  await page.getByRole("main").getByRole("link", { name }).click();
  await deleteByName(page.getByRole("main"), name);
  await expect(page).toHaveURL(/\/demo\/knowledge$/);
});

test("the documents API wants a key and describes itself", async ({ request }) => {
  const refused = await request.get(`${PORTAL}/api/v1/knowledge-bases`);
  expect(refused.status()).toBe(401);
  expect(refused.headers()["content-type"]).toBe("application/problem+json");
  expect(await refused.json()).toMatchObject({ status: 401, code: "unauthenticated" });
  const described = await request.get(`${PORTAL}/api/v1/openapi.json`);
  expect((await described.json()).paths).toHaveProperty("/knowledge-bases/{base}/documents");
});

test("a program keeps a document up to date with a key, within the key's scopes", async ({
  page,
  request,
}) => {
  const name = unique("Wiki");
  await aBase(page, name);
  const base = new URL(page.url()).pathname.split("/").at(-1);
  const key = await aKey(page, name, ["List and read documents", "Add, change and delete documents"]);
  const reader = await aKey(page, `${name} reader`, ["List and read documents"]);
  const call = (method: string, path: string, bearer: string, data?: object) =>
    request.fetch(`${PORTAL}/api/v1/knowledge-bases/${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}` },
      ...(data && { data }),
    });
  const refunds = (days: string) => ({ title: "Refunds", content: `# Refunds\n\nA refund takes ${days}.` });

  const put = (days: string) => call("PUT", "/documents/external/faq-17", key, refunds(days));
  expect((await put("five days")).status()).toBe(201);
  expect((await put("five days")).status()).toBe(200);
  expect((await put("six days")).status()).toBe(202);
  await expect
    .poll(async () => (await (await call("GET", "/documents/external/faq-17", reader)).json()).document.state)
    .toBe("ready");
  expect((await call("DELETE", "/documents/external/faq-17", reader)).status()).toBe(403);
  await visit(page, `/demo/knowledge/${base}`);
  await expect(page.getByRole("row").filter({ hasText: "Refunds" }).getByText("ready")).toBeVisible();
  expect((await call("DELETE", "/documents/external/faq-17", key)).status()).toBe(204);
  expect((await call("GET", "/documents/external/faq-17", key)).status()).toBe(404);

  await visit(page, `/demo/knowledge/${base}`);
  await deleteByName(page.getByRole("main"), name);
  for (const made of [name, `${name} reader`]) await revokeKey(page, made);
});

async function aKey(page: Page, name: string, scopes: string[]): Promise<string> {
  await visit(page, "/demo/settings/keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Name").fill(name);
  for (const scope of scopes) await page.getByLabel(scope).check();
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByRole("dialog").locator("code").innerText();
  await page.getByRole("button", { name: "Done" }).click();
  return key.trim();
}

async function revokeKey(page: Page, name: string): Promise<void> {
  await visit(page, "/demo/settings/keys");
  await page.getByRole("button", { name: `Revoke ${name}`, exact: true }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}
