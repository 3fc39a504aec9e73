import { expect } from "@playwright/test";
import postgres from "postgres";
import { anOutsider, type Outsider } from "./support/outsider.ts";
import { test as signedIn, signIn, visit } from "./support/portal.ts";
import { DATABASE, PORTAL } from "./support/product.ts";

const test = signedIn.extend<{ outsider: Outsider }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  outsider: async ({}, use) => {
    const sql = postgres(DATABASE, { max: 1 });
    const outsider = await anOutsider(sql);
    await use(outsider);
    await outsider.remove();
    await sql.end();
  },
});

test("another tenant's owner finds nothing at the demo tenant's addresses", async ({
  browser,
  page,
  outsider,
}) => {
  await visit(page, "/demo/integrations");
  const connection = await page
    .getByRole("link", { name: /Genesys Cloud \(sandbox\)/ })
    .first()
    .getAttribute("href");
  await visit(page, "/demo/knowledge");
  const base = await page.getByRole("link", { name: "Help centre" }).getAttribute("href");
  const own = [
    `/${outsider.slug}/${connection?.split("/").slice(2).join("/")}`,
    `/${outsider.slug}/${base?.split("/").slice(2).join("/")}`,
  ];
  const paths = [
    "overview",
    "integrations",
    "middleware/queues",
    "knowledge",
    "models",
    "health",
    "events",
    "sandbox",
  ];

  const context = await browser.newContext({ baseURL: PORTAL, storageState: { cookies: [], origins: [] } });
  const stranger = await context.newPage();
  await signIn(stranger, outsider);
  await expect(stranger.getByText(outsider.name).first()).toBeVisible();
  for (const path of [...paths.map((each) => `/demo/${each}`), connection, base, ...own]) {
    const answer = await context.request.get(path ?? "");
    expect(answer.status(), path ?? "").toBe(404);
    expect(await answer.text(), path ?? "").not.toContain("Larkfield");
  }
  await stranger.goto("/demo/overview");
  await expect(stranger.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await visit(stranger, `/${outsider.slug}/knowledge`);
  await expect(stranger.getByText("No knowledge base yet")).toBeVisible();
  await context.close();
});
