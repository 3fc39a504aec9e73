import { expect } from "@playwright/test";
import { choose, test, unique, visit } from "./support/portal.ts";

test("a queue is mapped, tried before it is saved, and given back to the default", async ({ page }) => {
  const queue = unique("Returns");
  await visit(page, "/demo/middleware/queues");
  await page.getByRole("button", { name: "Map a queue" }).click();
  const sheet = page.getByRole("dialog", { name: "Map a queue" });
  await choose(sheet.getByRole("combobox", { name: "Connection" }), "Genesys Cloud (sandbox)");
  await sheet.getByRole("button", { name: "Type an id instead" }).click();
  await sheet.getByLabel("Queue id").fill(queue.replaceAll(" ", "-"));
  await sheet.getByLabel(/Queue name/).fill(queue);
  await choose(sheet.getByRole("combobox", { name: "Knowledge base" }), "Help centre");
  await sheet.getByLabel(/System prompt/).fill("Answer briefly.");
  await expect(sheet.getByText("Has no effect with extractive answers")).toBeVisible();

  await sheet.getByLabel("Try a question").fill("How long does a refund to my card take?");
  await sheet.getByRole("button", { name: "Ask" }).click();
  const tried = sheet.getByRole("region", { name: "Try it" });
  await expect(tried.getByText("The card", { exact: true })).toBeVisible();
  await expect(tried.getByText("extractive", { exact: true })).toBeVisible();
  await expect(tried.getByText("5 to 7 business days").first()).toBeVisible();
  await expect(tried.getByRole("heading", { name: "Passages that were found" })).toBeVisible();

  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toBeHidden();
  const row = page.getByRole("row").filter({ hasText: queue });
  await expect(row).toContainText("Help centre");
  await expect(row).toContainText("Answer briefly.");

  await row.getByRole("button", { name: queue }).click();
  await page.getByRole("button", { name: "Use the default instead" }).click();
  await expect(page.getByText(`${queue} answers with the tenant default now.`)).toBeVisible();
  await expect(row).toHaveCount(0);
});
