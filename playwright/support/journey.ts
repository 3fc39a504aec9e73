import { type BrowserContext, expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { choose, deleteByName, visit } from "./portal.ts";

/** What every tenant's default knowledge can answer, and a part of the answer. */
export const QUESTION = "How long does a refund to my card take?";
export const ANSWER = "5 to 7 business days";

export type Connected = { name: string; id: string };

/** Connects a platform as an admin does in the portal; `fill` enters what the platform asks for. */
export async function connectPlatform(
  page: Page,
  platform: RegExp,
  name: string,
  fill: (sheet: Locator) => Promise<void>,
): Promise<Connected> {
  await visit(page, "/demo/integrations");
  const card = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { level: 2, name: platform }) });
  await card.getByRole("button", { name: /^Connect/ }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Name", { exact: true }).fill(name);
  await fill(sheet);
  await sheet.getByRole("button", { name: "Create connection" }).click();
  // Made secrets are shown once, on the way; a platform without any goes straight on.
  const goOn = page.getByRole("link", { name: "Go on with the set-up" });
  const heading = page.getByRole("heading", { level: 1, name });
  await expect(goOn.or(heading)).toBeVisible();
  if (await goOn.isVisible()) await goOn.click();
  await expect(heading).toBeVisible();
  return { name, id: new URL(page.url()).pathname.split("/")[3] ?? "" };
}

/** Runs the staged test and holds each step to what is expected of it; nothing may have failed. */
export async function testConnection(
  page: Page,
  { id }: Connected,
  steps: Readonly<Record<string, "passed" | "waiting" | "not used">>,
): Promise<void> {
  await visit(page, `/demo/integrations/${id}/test`);
  await page.getByRole("button", { name: /^Test (the connection|again)$/ }).click();
  const items = page.getByRole("main").getByRole("list").getByRole("listitem");
  for (const [step, outcome] of Object.entries(steps))
    await expect(items.filter({ hasText: `${step}: ${outcome}` })).toBeVisible();
  await expect(items.filter({ hasText: ": failed" })).toHaveCount(0);
}

/** Maps a queue that the platform listed. */
export async function mapQueue(page: Page, { name }: Connected, queue: string): Promise<void> {
  const sheet = await openMapping(page, name);
  await sheet.getByRole("combobox", { name: "Queue" }).fill(queue);
  await page.getByRole("option", { name: queue }).click();
  await saveMapping(page, sheet, name, queue);
}

/** Maps a queue of a platform that lists none, by its id. */
export async function mapTypedQueue(
  page: Page,
  { name }: Connected,
  queue: { id: string; name: string },
): Promise<void> {
  const sheet = await openMapping(page, name);
  // Only where queues were listed must typing be asked for.
  const typing = sheet.getByRole("button", { name: "Type an id instead" });
  const id = sheet.getByLabel("Queue id");
  await expect(typing.or(id)).toBeVisible();
  if (await typing.isVisible()) await typing.click();
  await id.fill(queue.id);
  await sheet.getByLabel(/Queue name/).fill(queue.name);
  await saveMapping(page, sheet, name, queue.name);
}

async function openMapping(page: Page, connection: string): Promise<Locator> {
  await visit(page, "/demo/middleware/queues");
  await page.getByRole("button", { name: "Map a queue" }).click();
  const sheet = page.getByRole("dialog");
  await choose(sheet.getByRole("combobox", { name: "Connection" }), connection);
  return sheet;
}

async function saveMapping(page: Page, sheet: Locator, connection: string, queue: string): Promise<void> {
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row").filter({ hasText: connection })).toContainText(queue);
}

/** Opens the played desktop from the Sandbox page, as an admin does with one click. */
export async function openDesktop(
  page: Page,
  { name }: Connected,
): Promise<{ desktop: Page; widget: FrameLocator }> {
  await visit(page, "/demo/sandbox");
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: new RegExp(`Open the desktop of ${name}`) }).click();
  const desktop = await opened;
  await desktop.waitForLoadState();
  return { desktop, widget: desktop.frameLocator("iframe") };
}

/** What is said; in a narrow widget it has a tab of its own. */
export async function transcriptOf(widget: FrameLocator): Promise<Locator> {
  await widget.getByRole("tab", { name: /Transcript/ }).click();
  return widget.getByRole("log", { name: "Transcript" });
}

/** The card that answers a question; it names its source. */
export async function expectCard(
  widget: FrameLocator,
  question: string | RegExp,
  answer: string | RegExp,
): Promise<void> {
  await widget.getByRole("tab", { name: /Assist/ }).click();
  const card = widget.getByRole("article", { name: question });
  await expect(card).toContainText(answer);
  await expect(card.getByRole("list", { name: "Sources" })).toBeVisible();
}

/** Health knows the connection's last event and that nothing failed; `stream` is how its stream stands, if it has one. */
export async function expectHealthy(page: Page, { name }: Connected, stream?: string): Promise<void> {
  await visit(page, "/demo/health");
  const row = page.getByRole("table", { name: "Connections" }).getByRole("row").filter({ hasText: name });
  await expect(row).toBeVisible();
  await expect(row).not.toContainText("never");
  await expect(row).not.toContainText(/with failures/i);
  if (stream) await expect(row).toContainText(stream);
}

/** The inspector lists the connection's events, and none that could not be delivered. */
export async function expectDelivered(page: Page, { id }: Connected, text: string): Promise<void> {
  await visit(page, `/demo/events?connection=${id}`);
  const events = page.getByRole("table", { name: /^Events/ });
  await expect(events).toContainText(text);
  await visit(page, `/demo/events?connection=${id}&errors=only`);
  await expect(page.getByText(/No event fits/)).toBeVisible();
  await expect(events).toHaveCount(0);
}

/** Deletes the connection as an admin does; other tests start on the tenant's first one. */
export async function disconnect(page: Page, { name, id }: Connected): Promise<void> {
  await visit(page, `/demo/integrations/${id}`);
  await page.getByRole("navigation", { name: "Connection" }).getByRole("link", { name: "Danger" }).click();
  await deleteByName(page.getByRole("main"), name);
  await expect(page).toHaveURL(/\/demo\/integrations$/);
}

/** A window that the platform opens for the agent to sign in. */
export async function signInWindow(context: BrowserContext, open: () => Promise<void>): Promise<Page> {
  const opened = context.waitForEvent("page");
  await open();
  return await opened;
}
