import { expect, type Locator, type Page } from "@playwright/test";
import { choose, test, unique, visit } from "./support/portal.ts";

const QUEUES = "/demo/middleware/queues";

/** Maps a queue of the sandbox's connection under a name of its own, and answers its row. */
async function mapQueue(page: Page, queue: string): Promise<Locator> {
  await page.getByRole("button", { name: "Map a queue" }).click();
  const sheet = page.getByRole("dialog", { name: "Map a queue" });
  await choose(sheet.getByRole("combobox", { name: "Connection" }), "Genesys Cloud (sandbox)");
  await sheet.getByRole("button", { name: "Type an id instead" }).click();
  await sheet.getByLabel("Queue id").fill(queue.replaceAll(" ", "-"));
  await sheet.getByLabel(/Queue name/).fill(queue);
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet).toBeHidden();
  return page.getByRole("row").filter({ hasText: queue });
}

async function giveBack(page: Page, queue: string): Promise<void> {
  await page.getByRole("row").filter({ hasText: queue }).getByRole("button", { name: queue }).click();
  await page.getByRole("button", { name: "Use the default instead" }).click();
  await expect(page.getByText(`${queue} answers with the tenant default now.`)).toBeVisible();
}

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

test("a second admin is told what the first one saved, and versions come back", async ({ page, context }) => {
  const queue = unique("Contested");
  await visit(page, QUEUES);
  const row = await mapQueue(page, queue);
  await row.getByRole("button", { name: queue }).click();
  const mine = page.getByRole("dialog", { name: queue });
  await mine.getByLabel("Threshold").fill("0.7");

  const other = await context.newPage();
  await visit(other, page.url());
  const theirs = other.getByRole("dialog", { name: queue });
  await theirs.getByLabel("Threshold").fill("0.55");
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs).toBeHidden();
  await other.close();

  await mine.getByRole("button", { name: "Save" }).click();
  const notice = mine.getByRole("region", { name: "Changed meanwhile" });
  await expect(notice).toContainText("Demo owner saved version 2");
  await expect(notice).toContainText("0.55");
  await notice.getByRole("button", { name: "Overwrite with mine" }).click();
  await expect(mine).toBeHidden();
  await expect(row).toContainText("0.70");

  await row.getByRole("button", { name: queue }).click();
  await mine.getByRole("tab", { name: /Versions/ }).click();
  const second = mine.getByRole("listitem").filter({ hasText: "Version 2" });
  await expect(second).toContainText("0.55");
  await second.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText("Version 2 answers again, as version 4.")).toBeVisible();
  await expect(row).toContainText("0.55");
  await giveBack(page, queue);
});

test("many queues change together and back, and what was typed survives a lost session", async ({ page }) => {
  const queue = unique("Together");
  await visit(page, QUEUES);
  const row = await mapQueue(page, queue);
  await row.getByRole("checkbox", { name: `Select ${queue}` }).click();
  await page.getByRole("button", { name: "Change together" }).click();
  const bulk = page.getByRole("dialog", { name: "Change 1 queue" });
  await choose(bulk.getByRole("combobox", { name: "Threshold" }), "Set to…");
  await bulk.getByLabel("New threshold, from 0 to 1").fill("0.65");
  await expect(bulk.getByRole("region", { name: "What changes" })).toContainText("0.65");
  await bulk.getByRole("button", { name: "Change 1 queue" }).click();
  await expect(row).toContainText("0.65");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("0.40");

  await row.getByRole("button", { name: queue }).click();
  const sheet = page.getByRole("dialog", { name: queue });
  await sheet.getByLabel(/System prompt/).fill("Half a thought.");
  await page.reload();
  await expect(sheet.getByText("What you typed here before is back.")).toBeVisible();
  await expect(sheet.getByLabel(/System prompt/)).toHaveValue("Half a thought.");
  await sheet.getByRole("button", { name: "Start over" }).click();
  await expect(sheet.getByLabel(/System prompt/)).toHaveValue("");
  await page.keyboard.press("Escape");
  await giveBack(page, queue);
});

test("a file says what it would do before it does it, and any queue what it would use", async ({ page }) => {
  await visit(page, QUEUES);
  await page.getByRole("button", { name: "CSV" }).click();
  await page.getByRole("menuitem", { name: "Import a file…" }).click();
  const sheet = page.getByRole("dialog", { name: "Import mappings" });
  const text =
    "connection,queue_id,knowledge_base\nGenesys Cloud (sandbox),q-new,Help centre\nNowhere,q-2,\n";
  await sheet
    .getByLabel("CSV file")
    .setInputFiles({ name: "mappings.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await expect(sheet.getByText("1 with errors")).toBeVisible();
  await expect(sheet.getByRole("listitem").filter({ hasText: "line 3" })).toContainText(
    'there is none named "Nowhere"',
  );
  await expect(sheet.getByRole("button", { name: "Import" })).toBeDisabled();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "What would a queue use?" }).click();
  const explain = page.getByRole("dialog", { name: "What would a queue use?" });
  await choose(explain.getByRole("combobox", { name: "Connection" }), "Genesys Cloud (sandbox)");
  await explain.getByRole("combobox", { name: "Queue" }).fill("an-unmapped-queue");
  await page.getByRole("option", { name: "an-unmapped-queue" }).click();
  await expect(explain.getByText("This queue has no mapping, so the tenant default decides.")).toBeVisible();
});
