import { expect, type Page } from "@playwright/test";
import { cardFor, customerWrites, startDemo } from "./support/desktop.ts";
import { MODEL_KEY, type ModelServer, startModelServer } from "./support/model-server.ts";
import { choose, deleteByName, test, unique, visit } from "./support/portal.ts";

const QUESTION = "How long does a refund to my card take?";
const SUPPORTED = "To a card: 5 to 7 business days after we release the refund.";
const INVENTED = "We also send you 500 dollars in cash tomorrow.";

let server: ModelServer;
test.beforeAll(async () => {
  server = await startModelServer();
});
test.afterAll(() => server.close());

test("a model is added and tested, writes a grounded answer for its queue, and when it fails the sources stay", async ({
  page,
}) => {
  const name = unique("House model");
  await test.step("add and test it", async () => {
    await visit(page, "/demo/models");
    await page.getByRole("button", { name: "Add a model" }).first().click();
    const sheet = page.getByRole("dialog", { name: "Add a model" });
    await sheet.getByLabel("Name").fill(name);
    await sheet.getByLabel("Server address").fill(server.address);
    await sheet.getByLabel("Model", { exact: true }).fill("house");
    await sheet.getByLabel(/API key/).fill(MODEL_KEY);
    await sheet.getByRole("button", { name: "Save" }).click();
    await expect(sheet).toBeHidden();
    await modelCard(page, name).getByRole("button", { name: "Test", exact: true }).click();
    for (const step of ["Address", "Server and key", "Streamed answer"])
      await expect(
        modelCard(page, name)
          .getByRole("listitem")
          .filter({ hasText: `${step}: passed` }),
      ).toBeVisible();
  });
  await test.step("map it", () => mapOutages(page, name));

  const desktop = await startDemo(page, { source: "Demo chat", queue: "Outages" });
  await test.step("it writes, and what no source supports is withheld", async () => {
    server.answerWith(`${SUPPORTED} [1] ${INVENTED} [1]`);
    await customerWrites(desktop, QUESTION);
    const card = cardFor(desktop, /refund/);
    await expect(card.getByText("5 to 7 business days")).toBeVisible();
    await expect(card.getByRole("button", { name: /^Source \d/ }).first()).toBeVisible();
    await expect(card.getByText("Word for word from the sources")).toBeHidden();
    await expect(card.getByText("500 dollars")).toHaveCount(0);
    expect(server.asked()).toContain('"stream":true');
  });
  await test.step("it fails, and the sources stay", async () => {
    server.answerWith(undefined);
    await customerWrites(desktop, "What happens when I pay my bill late?");
    const card = cardFor(desktop, /bill late/);
    await expect(card.getByText("The model did not answer")).toBeVisible();
    await expect(card.getByRole("list", { name: "Sources" }).getByRole("button").first()).toBeEnabled();

    await visit(page, "/demo/events");
    await page.getByRole("link", { name: "What happens when I pay my bill late?" }).first().click();
    await expect(
      page.getByRole("region", { name: "Trail" }).getByText(/model failed: .*HTTP 500/),
    ).toBeVisible();
  });
  await test.step("delete it, and the queue answers extractively again", async () => {
    await visit(page, "/demo/models");
    await deleteByName(modelCard(page, name), name);
    await expect(page.getByRole("heading", { name })).toHaveCount(0);
    await visit(page, "/demo/middleware/queues");
    const row = page.getByRole("row").filter({ hasText: "Outages" });
    await expect(row).toContainText("extractive");
    await row.getByRole("button", { name: "Outages" }).click();
    await page.getByRole("button", { name: "Use the default instead" }).click();
    await expect(row).toHaveCount(0);
  });
});

async function mapOutages(page: Page, model: string): Promise<void> {
  await visit(page, "/demo/middleware/queues");
  await page.getByRole("button", { name: "Map a queue" }).click();
  const sheet = page.getByRole("dialog", { name: "Map a queue" });
  await choose(sheet.getByRole("combobox", { name: "Connection" }), "Genesys Cloud (sandbox)");
  await sheet.getByRole("combobox", { name: "Queue", exact: true }).fill("Outages");
  await page.getByRole("option", { name: "Outages" }).click();
  await choose(sheet.getByRole("combobox", { name: "Knowledge base" }), "Help centre");
  await choose(sheet.getByRole("combobox", { name: "Model" }), model);
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Outages" })).toContainText(model);
}

/** The innermost box that has both the model's name and its facts. */
function modelCard(page: Page, model: string) {
  const heading = page.getByRole("heading", { name: model });
  return page
    .getByRole("main")
    .locator("div")
    .filter({ has: heading })
    .filter({ hasText: "Answers for" })
    .last();
}
