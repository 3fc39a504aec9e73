import { type BrowserContext, expect, type FrameLocator, type Page } from "@playwright/test";
import { choose, deleteByName, test, unique, visit } from "./support/portal.ts";

/** The OAuth clients of the organization that the sandbox plays. */
const SERVER_CLIENT = "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a01";
const SERVER_SECRET = "sandbox-larkfield-connector-secret";
const AGENT_CLIENT = "7c1e5b52-3a63-4d0f-9a0b-6f2d1c9e4a02";

let made: string | undefined;
test.afterEach(async ({ page }) => {
  if (made) await disconnect(page, made);
  made = undefined;
});

test("an admin connects Genesys Cloud, and an agent signs in, answers a customer and wraps up", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const connection = unique("Genesys");
  await connect(page, connection);
  made = connection;
  await testConnection(page);
  await mapQueue(page, connection, "Fiber North");

  // An agent is nobody of the portal: a browser of its own, without a session of ours.
  const agent = await browser.newContext();
  const { desktop, widget } = await openDesktop(page, agent, connection);
  await desktop.getByLabel("Queue", { exact: true }).selectOption({ label: "Fiber North" });
  await desktop.getByRole("button", { name: "New chat" }).click();
  await desktop.getByRole("button", { name: "Answer" }).click();

  await signIn(widget, agent, "Kim Doe");
  await expect(widget.getByText("live")).toBeVisible();
  await expect(widget.getByText("Fiber North")).toBeVisible();

  await desktop.getByLabel("Customer writes").fill("Hello, why was I charged twice this month?");
  await desktop.getByRole("button", { name: "Send as customer" }).click();
  const card = widget.getByRole("article", { name: /charged twice/ });
  await expect(card).toContainText("pending authorization");

  await card.getByRole("button", { name: "Send" }).click();
  const box = widget.getByRole("textbox", { name: "Message to the customer" });
  await expect(box).toHaveValue(/pending authorization/);
  await box.fill("One of the two is only reserved and drops off by itself.");
  await box.press("Control+Enter");
  const sent = desktop.getByRole("list", { name: "Messages" }).getByText("One of the two is only reserved");
  await expect(sent).toHaveCount(1);

  await widget.getByRole("tab", { name: "Summary" }).click();
  await expect(widget.getByText(/^Customer: “.*charged twice/)).toBeVisible();
  await widget.getByLabel("Wrap-up code").selectOption({ label: "Billing question" });
  await widget.getByRole("button", { name: "Save", exact: true }).click();
  await expect(widget.getByRole("region", { name: "Wrap-up" })).toContainText(/saved/i);
  await agent.close();
});

async function connect(page: Page, name: string): Promise<void> {
  await visit(page, "/demo/integrations");
  await page.getByRole("button", { name: "Connect another" }).first().click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Name", { exact: true }).fill(name);
  await choose(sheet.getByLabel("Region"), "Sandbox on this machine");
  await sheet.getByLabel("Client id", { exact: true }).fill(SERVER_CLIENT);
  await sheet.getByLabel("Client secret", { exact: true }).fill(SERVER_SECRET);
  await sheet.getByLabel("Agents' client id").fill(AGENT_CLIENT);
  await sheet.getByRole("button", { name: "Create connection" }).click();
  await page.getByRole("link", { name: "Go on with the set-up" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

async function testConnection(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Connection" }).getByRole("link", { name: "Test" }).click();
  await page.waitForURL(/\/test$/);
  await page.getByRole("button", { name: "Test the connection" }).click();
  const steps = page.getByRole("main").getByRole("list").getByRole("listitem");
  for (const step of ["Token", "Organization", "Queues", "Notification topics", "AudioHook signed probe"])
    await expect(steps.filter({ hasText: `${step}: passed` })).toBeVisible();
  await expect(steps.filter({ hasText: "First real event: waiting" })).toBeVisible();
}

async function mapQueue(page: Page, connection: string, queue: string): Promise<void> {
  await visit(page, "/demo/middleware/queues");
  await page.getByRole("button", { name: "Map a queue" }).click();
  const sheet = page.getByRole("dialog");
  await choose(sheet.getByLabel("Connection"), connection);
  await sheet.getByRole("combobox", { name: "Queue" }).fill(queue);
  await page.getByRole("option", { name: queue }).click();
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row").filter({ hasText: connection })).toContainText(queue);
}

/** Other tests start their demos on the tenant's first connection. */
async function disconnect(page: Page, connection: string): Promise<void> {
  await visit(page, "/demo/integrations");
  await page.getByRole("main").getByRole("link", { name: connection }).click();
  await page.getByRole("navigation", { name: "Connection" }).getByRole("link", { name: "Danger" }).click();
  await deleteByName(page.getByRole("main"), connection);
  await expect(page).toHaveURL(/\/demo\/integrations$/);
}

async function openDesktop(page: Page, agent: BrowserContext, connection: string) {
  await visit(page, "/demo/sandbox");
  const link = page.getByRole("link", { name: new RegExp(`Open the desktop of ${connection}`) });
  const desktop = await agent.newPage();
  await desktop.goto((await link.getAttribute("href")) ?? "");
  return { desktop, widget: desktop.frameLocator("iframe") };
}

/** In the window that the platform opens; the widget has the agent once it has closed itself. */
async function signIn(widget: FrameLocator, agent: BrowserContext, name: string): Promise<void> {
  const opened = agent.waitForEvent("page");
  await widget.getByRole("button", { name: "Sign in", exact: true }).click();
  const login = await opened;
  await login.getByText(name).click();
  await login.getByRole("button", { name: "Sign in" }).click();
}
