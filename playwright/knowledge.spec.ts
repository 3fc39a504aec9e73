import { expect } from "@playwright/test";
import { deleteByName, test, unique, visit } from "./support/portal.ts";

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
  await expect(tried.getByText(/confidence \d\.\d\d · words \d\.\d\d · meaning/).first()).toBeVisible();

  await page.getByRole("link", { name: "Documents" }).click();
  await deleteByName(page.getByRole("main"), name);
  await expect(page).toHaveURL(/\/demo\/knowledge$/);
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});
