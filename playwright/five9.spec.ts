import { expect, type Locator } from "@playwright/test";
import {
  ANSWER,
  type Connected,
  connectPlatform,
  disconnect,
  expectCard,
  expectDelivered,
  expectHealthy,
  mapQueue,
  openDesktop,
  QUESTION,
  testConnection,
  transcriptOf,
} from "./support/journey.ts";
import { choose, test, unique } from "./support/portal.ts";

/** The agent's event that carries chat messages in the sandbox's desktop; Five9 documents no number for it. */
const CHAT_EVENT = "20101";

const domain = async (sheet: Locator) => {
  await choose(sheet.getByLabel("Region"), "Sandbox on this machine");
  await sheet.getByLabel("API user name").fill("omnibots.api@larkfield.example");
  await sheet.getByLabel("API password").fill("sandbox-five9-password");
};

let made: Connected | undefined;
test.afterEach(async ({ page }) => {
  if (made) await disconnect(page, made);
  made = undefined;
});

test("a Five9 call is streamed over gRPC, transcribed and answered in the desktop's widget", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const connection = await connectPlatform(page, /^Five9/, unique("Five9 voice"), domain);
  made = connection;
  await testConnection(page, connection, {
    "API user": "passed",
    Skills: "passed",
    "Voice stream and events": "passed",
    "First real event": "waiting",
  });
  await mapQueue(page, connection, "Billing");

  const { desktop, widget } = await openDesktop(page, connection);
  await expect(desktop.getByText(/Calls are streamed to/)).toBeVisible();
  await desktop.getByLabel("Skill").selectOption({ label: "Billing" });
  await desktop.getByRole("button", { name: "Receive a call" }).click();
  await expect(desktop.getByText(/Both legs are streamed/)).toBeVisible();
  await expect(widget.getByText("live", { exact: true })).toBeVisible();
  await expect(widget.getByText("Billing").first()).toBeVisible();

  await test.step("both legs are heard, and an answer comes while the call goes on", async () => {
    const log = await transcriptOf(widget);
    await expect(log.getByText("Customer", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
    await widget.getByRole("tab", { name: /Assist/ }).click();
    const card = widget.getByRole("article").first();
    await expect(card).toBeVisible({ timeout: 60_000 });
    await expect(card.getByRole("list", { name: "Sources" })).toBeVisible();
    await expect(desktop.getByRole("button", { name: "Hold" })).toBeVisible();
  });
  await test.step("the call's end ends the session, and the disposition is saved", async () => {
    await desktop.getByRole("button", { name: "End", exact: true }).click();
    await expect(widget.getByText("ended", { exact: true })).toBeVisible({ timeout: 30_000 });
    await desktop.getByRole("button", { name: "Save disposition" }).click();
    await expect(desktop.getByRole("region", { name: "Saved log" })).toContainText("Resolved");
  });

  await expectHealthy(page, connection);
  await expectDelivered(page, connection, "Ended");
  await testConnection(page, connection, { "First real event": "passed" });
});

test("a Five9 chat is read through the toolkit's events and by webhook, each message once", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const connection = await connectPlatform(page, /^Five9/, unique("Five9 chat"), async (sheet) => {
    await domain(sheet);
    await sheet.getByLabel("Event of chat messages").fill(CHAT_EVENT);
  });
  made = connection;
  await testConnection(page, connection, { Skills: "passed", "First real event": "waiting" });
  await mapQueue(page, connection, "Customer care");

  const { desktop, widget } = await openDesktop(page, connection);
  await desktop.getByRole("button", { name: "Receive a chat" }).click();
  await expect(widget.getByText("Customer care").first()).toBeVisible();
  const writes = async (text: string) => {
    await desktop.getByLabel("Customer writes").fill(text);
    await desktop.getByRole("button", { name: "Send as customer" }).click();
    await expect(desktop.getByRole("list", { name: "Messages" })).toContainText(text);
  };

  await test.step("by the toolkit's events alone", async () => {
    await desktop.getByLabel("Also by webhook").uncheck();
    await writes(QUESTION);
    await expectCard(widget, /refund/, ANSWER);
  });
  await test.step("by both ways, and it is one message", async () => {
    await desktop.getByLabel("Also by webhook").check();
    await writes("Where is my parcel?");
    const log = await transcriptOf(widget);
    await expect(log.getByText("Where is my parcel?")).toHaveCount(1);
    await desktop.getByLabel("Your message").fill("One moment please.");
    await desktop.getByRole("button", { name: "Send", exact: true }).click();
    await expect(log.getByText("One moment please.")).toHaveCount(1);
    await expect(log.getByText("Where is my parcel?")).toHaveCount(1);
  });
  await test.step("the end reaches the widget", async () => {
    await desktop.getByRole("button", { name: "End", exact: true }).click();
    await expect(widget.getByText("ended", { exact: true })).toBeVisible();
  });

  await expectHealthy(page, connection);
  await expectDelivered(page, connection, QUESTION);
});
