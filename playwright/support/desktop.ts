import { expect, type FrameLocator, type Page } from "@playwright/test";
import { choose, visit } from "./portal.ts";

/** An agent's page of the sandbox, on another origin than the portal, with the widget in its frame. */
export type Desktop = { page: Page; widget: FrameLocator; conversationId: string };

type Demo = { source: "Demo call 1" | "Demo chat"; queue?: string };

/** Starts a demo on the portal's Sandbox page and waits until the widget in the new tab is connected. */
export async function startDemo(page: Page, { source, queue }: Demo): Promise<Desktop> {
  await visit(page, "/demo/sandbox");
  await page.getByRole("radio", { name: source }).check();
  if (queue) await choose(page.getByLabel("Queue"), queue);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Start" }).click();
  const host = await opened;
  await expect(host.getByText("Widget connected")).toBeVisible();
  const address = await host.locator("iframe").getAttribute("src");
  const conversationId = new URL(address ?? "").searchParams.get("conversationId") ?? "";
  return { page: host, widget: host.frameLocator("iframe"), conversationId };
}

/** The customer types a message into the desktop's chat. */
export async function customerWrites({ page }: Desktop, text: string): Promise<void> {
  await page.getByLabel("Customer writes").fill(text);
  await page.getByLabel("Customer writes").press("Enter");
}

/** The card that answers a question. */
export function cardFor({ widget }: Desktop, question: string | RegExp) {
  return widget.getByRole("article", { name: question });
}
