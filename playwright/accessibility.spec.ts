import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { cardFor, customerWrites, startDemo } from "./support/desktop.ts";
import { test, visit } from "./support/portal.ts";

type Part = Parameters<AxeBuilder["include"]>[0];
/** The page around it is the platform's, and has landmarks of its own. */
const WIDGET: Part = { fromFrames: ["iframe", "html"] };

const PAGES = [
  "/demo/overview",
  "/demo/analytics",
  "/demo/integrations",
  "/demo/middleware/queues",
  "/demo/knowledge",
  "/demo/models",
  "/demo/health",
  "/demo/events",
  "/demo/conversations",
  "/demo/sandbox",
];

for (const colorScheme of ["light", "dark"] as const)
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("every page of the portal is accessible", async ({ page }) => {
      test.setTimeout(120_000);
      for (const path of PAGES) {
        await visit(page, path);
        expect.soft(await violations(page), path).toEqual([]);
      }
      await visit(page, "/demo/knowledge");
      await page.getByRole("link", { name: "Help centre" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Help centre" })).toBeVisible();
      expect.soft(await violations(page), "a base").toEqual([]);
      await visit(page, "/demo/integrations");
      await page
        .getByRole("link", { name: /Genesys Cloud \(sandbox\)/ })
        .first()
        .click();
      const tabs = page.getByRole("navigation", { name: "Connection" });
      for (const tab of ["Set up", "Test", "Activity", "Deploy", "Danger"]) {
        await tabs.getByRole("link", { name: tab }).click();
        await expect(tabs.getByRole("link", { name: tab })).toHaveAttribute("aria-current", "page");
        expect.soft(await violations(page), tab).toEqual([]);
      }
    });

    test("the widget is accessible, with a card and with its passage open, and so is the opened event", async ({
      page,
    }) => {
      const desktop = await startDemo(page, { source: "Demo chat" });
      const question = "What happens when I pay my bill late?";
      await customerWrites(desktop, question);
      const card = cardFor(desktop, /bill late/);
      await expect(card.getByRole("button", { name: "Copy", exact: true })).toBeVisible();
      expect.soft(await violations(desktop.page, WIDGET), "card").toEqual([]);
      await card.getByRole("list", { name: "Sources" }).getByRole("button").first().click();
      await expect(
        desktop.widget.getByRole("region", { name: /^Source:/ }).locator("[aria-busy=false]"),
      ).toBeVisible();
      expect.soft(await violations(desktop.page, WIDGET), "passage").toEqual([]);

      await visit(page, "/demo/events");
      await page.getByRole("link", { name: question }).first().click();
      await expect(page.getByRole("region", { name: "Trail" })).toBeVisible();
      expect.soft(await violations(page), "event").toEqual([]);
    });
  });

test.describe("before signing in", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("the sign-in page is accessible", async ({ page }) => {
    await visit(page, "/sign-in");
    expect(await violations(page)).toEqual([]);
  });
});

/** What axe finds in a page or a part of it: the rule, and where. */
async function violations(page: Page, part: Part = "html"): Promise<string[]> {
  const found = await new AxeBuilder({ page }).include(part).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}
