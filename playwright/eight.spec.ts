import { createHmac } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import {
  ANSWER,
  type Connected,
  connectPlatform,
  disconnect,
  expectCard,
  expectDelivered,
  expectHealthy,
  mapTypedQueue,
  openDesktop,
  QUESTION,
  testConnection,
  transcriptOf,
} from "./support/journey.ts";
import { choose, test, unique, visit } from "./support/portal.ts";

/** The tenant that the sandbox plays. */
const tenant = async (sheet: Locator) => {
  await sheet.getByLabel("API key").fill("eght_sandbox");
  await sheet.getByLabel("8x8 tenant").fill("acme");
  await choose(sheet.getByLabel("Site", { exact: true }), "Sandbox on this machine");
};

let made: Connected | undefined;
test.afterEach(async ({ page }) => {
  if (made) await disconnect(page, made);
  made = undefined;
});

test("an 8x8 call is followed by its events, and its words come by a topic of the same stream", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const connection = await connectPlatform(page, /^8x8/, unique("8x8"), async (sheet) => {
    await tenant(sheet);
    await sheet.getByLabel("Transcript topic").fill("transcript-v1/all");
  });
  made = connection;
  await testConnection(page, connection, {
    "Event stream event-v1/all": "passed",
    "Transcript stream": "passed",
    "First real event": "waiting",
  });
  await mapTypedQueue(page, connection, { id: "2102", name: "Deliveries" });
  await streamIsLive(page, connection);

  const { desktop, widget } = await openDesktop(page, connection);
  const root = widget.locator("html");
  await test.step("the widget wears the workspace's theme and language, and tells who it waits for", async () => {
    await desktop.getByLabel("Theme").selectOption("dark");
    await expect(root).toHaveClass(/dark/);
    await desktop.getByLabel("Language").selectOption("es-ES");
    await expect(root).toHaveAttribute("lang", /^es/);
    await desktop.getByLabel("Language").selectOption("en-US");
    await expect(root).toHaveAttribute("lang", /^en/);
    await desktop.getByLabel("Theme").selectOption("light");
  });
  await test.step("accepting an interaction opens its session", async () => {
    await desktop.getByLabel("Queue").selectOption({ label: "Deliveries" });
    await desktop.getByRole("button", { name: "Accept an interaction" }).click();
    await expect(widget.getByText("Deliveries").first()).toBeVisible();
    await expect(widget.getByText("live", { exact: true })).toBeVisible();
  });
  await test.step("what the customer says is transcribed and answered", async () => {
    await desktop.getByLabel("Customer says").fill(QUESTION);
    await desktop.getByRole("button", { name: "Send as the customer" }).click();
    await expect(await transcriptOf(widget)).toContainText(QUESTION);
    await expectCard(widget, /refund/, ANSWER);
  });
  await test.step("the end ends the session", async () => {
    await desktop.getByRole("button", { name: "End it" }).click();
    await expect(widget.getByText("ended", { exact: true })).toBeVisible();
  });

  await expectHealthy(page, connection, "Live");
  await expectDelivered(page, connection, QUESTION);
  await testConnection(page, connection, { "First real event": "passed" });
});

test("an 8x8 chat is read in the workspace, a suggestion goes into its reply box, and a webhook brings words", async ({
  page,
  request,
}) => {
  test.setTimeout(90_000);
  const connection = await connectPlatform(page, /^8x8/, unique("8x8 chat"), async (sheet) => {
    await tenant(sheet);
    await sheet.getByLabel("Workspace event with customer messages").fill("acme-chat-inbound-v1");
  });
  made = connection;
  await testConnection(page, connection, { "Transcript stream": "not used" });
  await streamIsLive(page, connection);
  const { desktop, widget } = await openDesktop(page, connection);
  await desktop.getByLabel("Media").selectOption("chat");
  await desktop.getByRole("button", { name: "Accept an interaction" }).click();
  await expect(widget.getByText("live", { exact: true })).toBeVisible();

  await desktop.getByLabel("Customer writes").fill(QUESTION);
  await desktop.getByRole("button", { name: "Send as the customer" }).click();
  await expectCard(widget, /refund/, ANSWER);
  await widget
    .getByRole("article", { name: /refund/ })
    .getByRole("button", { name: "Insert" })
    .click();
  const reply = desktop.getByLabel("Your message");
  await expect(reply).toHaveValue(new RegExp(ANSWER));
  await desktop.getByRole("button", { name: "Send", exact: true }).click();
  await expect(await transcriptOf(widget)).toContainText(ANSWER);

  await test.step("the transcript webhook takes only what is signed", async () => {
    await visit(page, `/demo/integrations/${connection.id}/deploy`);
    const address = await page
      .getByText(/\/ingest\/8x8\/.*\/transcripts/)
      .first()
      .innerText();
    const timestamp = String(Date.now());
    const forged = createHmac("sha256", "guessed").update(`${timestamp}.{}`).digest("hex");
    const refused = await request.post(address.trim(), {
      headers: {
        "x-omnibots-timestamp": timestamp,
        "x-omnibots-signature": `sha256=${forged}`,
        "content-type": "application/json",
      },
      data: "{}",
    });
    expect(refused.status()).toBe(401);
  });
  await expectHealthy(page, connection, "Live");
  await expectDelivered(page, connection, QUESTION);
});

/** The subscriber takes a new connection up by itself; what is accepted before it reads is not its own. */
async function streamIsLive(page: Page, { name }: Connected): Promise<void> {
  const row = page.getByRole("table", { name: "Connections" }).getByRole("row").filter({ hasText: name });
  await expect(async () => {
    await visit(page, "/demo/health");
    await expect(row).toContainText("Live", { timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
}
