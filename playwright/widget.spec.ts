import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { cardFor, customerWrites, type Desktop, startDemo } from "./support/desktop.ts";
import { test } from "./support/portal.ts";

const QUESTION = "How long does a refund to my card take?";
type Part = Parameters<AxeBuilder["include"]>[0];
const WIDGET: Part = { fromFrames: ["iframe", "html"] };

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).include(WIDGET).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

async function answered(page: Page): Promise<Desktop> {
  const desktop = await startDemo(page, { source: "Demo chat" });
  await customerWrites(desktop, QUESTION);
  await expect(desktop.widget.getByRole("article").first()).toContainText("5 to 7 business days");
  // One turn alone is too little to sum up.
  await customerWrites(desktop, "I have been waiting for two weeks now.");
  return desktop;
}

test("the summary's parts are the agent's to lock, to give back and to trace", async ({ page }) => {
  const desktop = await answered(page);
  const { widget } = desktop;
  await widget.getByRole("tab", { name: "Summary" }).click();
  const reason = widget.getByRole("region", { name: "Reason", exact: true });
  await expect(reason.getByText(/^Customer: “How long does a refund/)).toBeVisible();
  for (const part of ["Facts", "Actions", "Outcome"])
    await expect(widget.getByRole("region", { name: part, exact: true })).toBeVisible();

  await reason.getByRole("button", { name: /^Customer: “How long/ }).click();
  await reason
    .getByRole("button", { name: /How long does a refund/ })
    .last()
    .click();
  await expect(widget.getByRole("log", { name: "Transcript" })).toContainText(QUESTION);

  await widget.getByRole("tab", { name: "Summary" }).click();
  await reason.getByRole("button", { name: "Edit Reason" }).click();
  await reason.getByRole("textbox", { name: "Reason" }).fill("Asks about a refund.");
  await reason.getByRole("button", { name: "Keep" }).click();
  await expect(reason.getByText("Locked")).toBeVisible();
  await widget.getByRole("button", { name: "Draft anew" }).click();
  await expect(reason.getByText("Asks about a refund.")).toBeVisible();
  expect(await violations(desktop.page)).toEqual([]);
  await reason.getByRole("button", { name: "Unlock Reason" }).click();
  await expect(reason.getByText(/^Customer: “How long/)).toBeVisible();
});

test("keys are told in a list and act outside of text", async ({ page }) => {
  const desktop = await answered(page);
  const { widget } = desktop;
  await widget.getByRole("article").first().getByRole("button", { name: "Helpful", exact: true }).focus();
  await desktop.page.keyboard.press("?");
  const keys = widget.getByRole("region", { name: "Keys", exact: true });
  await expect(keys.getByText("Use a quick reply or a question to ask next")).toBeVisible();
  expect(await violations(desktop.page)).toEqual([]);
  await desktop.page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await desktop.page.keyboard.press("/");
  const ask = widget.getByRole("textbox", { name: "Ask the knowledge base" });
  await expect(ask).toBeFocused();
  await desktop.page.keyboard.press("?");
  await expect(ask).toHaveValue("?");
});

test("the transcript stays where the agent reads until told to go on", async ({ page }) => {
  const desktop = await answered(page);
  const { widget } = desktop;
  for (let line = 1; line <= 25; line += 1)
    await customerWrites(desktop, `And another line, number ${line}.`);
  await widget.getByRole("tab", { name: "Transcript" }).click();
  const log = widget.getByRole("log", { name: "Transcript" });
  await expect(log).toContainText("number 25.");
  await log.locator("..").evaluate((box) => {
    box.scrollTop = 0;
  });
  const now = widget.getByRole("button", { name: /Jump to now/ });
  await expect(now).toBeVisible();
  await customerWrites(desktop, "One more while you read.");
  await expect(now).toContainText("1 new line");
  await now.click();
  await expect(widget.getByText("One more while you read.")).toBeInViewport();
  await expect(now).toBeHidden();
});

test.describe("for an agent whose browser speaks German", () => {
  test.use({ locale: "de-DE" });

  test("the widget speaks German, and says so to readers", async ({ page }) => {
    const desktop = await answered(page);
    const { widget } = desktop;
    await expect(widget.locator("html")).toHaveAttribute("lang", "de-DE");
    await expect(
      cardFor(desktop, /^Vorschlag: .*refund/).getByText("Wörtlich aus den Quellen"),
    ).toBeVisible();
    await widget.getByRole("tab", { name: "Zusammenfassung" }).click();
    await expect(widget.getByText(/^Kunde: „How long/)).toBeVisible();
    expect(await violations(desktop.page)).toEqual([]);
  });
});
