import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { cardFor, customerWrites, startDemo } from "./support/desktop.ts";
import { test, visit } from "./support/portal.ts";

const QUESTION = "How long does a refund to my card take?";

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);

test("a conversation is found, read with its card in place, and deleted on request", async ({ page }) => {
  test.setTimeout(90_000);
  const desktop = await startDemo(page, { source: "Demo chat" });
  const card = cardFor(desktop, /refund/);

  await test.step("a customer asks, the agent finds the card helpful", async () => {
    await customerWrites(desktop, QUESTION);
    await expect(card).toContainText("5 to 7 business days");
    const helpful = card.getByRole("button", { name: "Helpful", exact: true });
    await helpful.click();
    await expect(helpful).toHaveAttribute("aria-pressed", "true");
  });
  await test.step("the list finds it by its id, and the keyboard opens it", async () => {
    await visit(page, "/demo/conversations");
    await page.getByRole("searchbox", { name: "Search agent, queue or id" }).fill(desktop.conversationId);
    await expect(page).toHaveURL(/q=/);
    await expect(page.getByText("1 conversation", { exact: true })).toBeVisible();
    expect.soft(await violations(page), "the list").toEqual([]);
    await page.getByRole("heading", { level: 1, name: "Conversations" }).click();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("list", { name: "Transcript" })).toContainText(QUESTION);
  });
  await test.step("the card stands below the words that it answers, with what made it", async () => {
    const shown = page.getByRole("article", { name: /refund/ }).first();
    await expect(shown).toContainText("5 to 7 business days");
    await expect(shown.getByText("Helpful")).toBeVisible();
    await shown.getByText("Made with").click();
    await expect(shown.getByText("Knowledge base", { exact: true })).toBeVisible();
    await page
      .getByText(/^Search log:/)
      .first()
      .click();
    await expect(page.getByRole("region", { name: "Passages that were found" }).first()).toBeVisible();
    expect.soft(await violations(page), "one conversation").toEqual([]);
  });
  await test.step("an unknown one is a page that does not exist", async () => {
    const address = page.url();
    const answer = await page.goto(address.replace(/[0-9a-f]{12}$/, "000000000000"));
    expect(answer?.status()).toBe(404);
    await page.goto(address);
  });
  await test.step("deleting it asks for its name, and then it is gone", async () => {
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Delete this conversation?" });
    const confirm = dialog.getByRole("button", { name: "Delete for good" });
    await expect(confirm).toBeDisabled();
    const name = await dialog.locator("label .font-mono").innerText();
    await dialog.getByRole("textbox").fill(name);
    await confirm.click();
    await expect(page.getByText("The conversation was deleted.")).toBeVisible();
    await visit(page, `/demo/conversations?q=${desktop.conversationId}`);
    await expect(page.getByText("No conversation fits these filters")).toBeVisible();
  });
});

test("analytics say what agents had, over the chosen time, and give it to a spreadsheet", async ({
  page,
}) => {
  await visit(page, "/demo/analytics");
  await expect(page.getByRole("heading", { level: 1, name: "Analytics" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Knowledge gaps" })).toBeVisible();
  expect.soft(await violations(page), "analytics").toEqual([]);
  await page.getByRole("link", { name: "30 days" }).click();
  await expect(page).toHaveURL(/range=30d/);
  await expect(page.getByText("in the last 30 days", { exact: false })).toBeVisible();
  const answer = await page.request.get("/demo/analytics/export?table=queues&range=30d");
  expect(answer.headers()["content-type"]).toContain("text/csv");
  expect(await answer.text()).toMatch(/^queue,queue id,conversations,questions/);
  expect((await page.request.get("/demo/analytics/export?table=secrets")).status()).toBe(422);
});
