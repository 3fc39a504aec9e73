import { expect, type FrameLocator, type Page } from "@playwright/test";
import { type Connected, disconnect } from "./support/journey.ts";
import { test, unique, visit } from "./support/portal.ts";

const ORG = process.env.SANDBOX_SALESFORCE_URL ?? "http://localhost:3106";
const TOKEN = process.env.SANDBOX_TOKEN ?? "";
const QUESTION = "How long does a refund to my card take?";

type View = { id: string; summary: string; lines: { type: string; content: string }[] };

async function control<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${ORG}/_control${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${path}: ${response.status}`).toBe(true);
  return (await response.json()) as T;
}

const sessionOf = (id: string) => control<View>(`/sessions/${id}`);
/** Other tests start on the tenant's first connections, so that none is left behind. */
let made: Connected | undefined;
test.afterEach(async ({ page }) => {
  if (made) await disconnect(page, made);
  made = undefined;
  await control("/reset", {});
});

const customer = (id: string, text: string) => control(`/sessions/${id}`, { do: "customer", text });

/** Connects the org and tests it as an admin does, and hands the exchange secret to the org as an admin does. */
async function connect(page: Page): Promise<void> {
  await visit(page, "/demo/integrations");
  const card = page.getByRole("listitem").filter({
    has: page.getByRole("heading", { level: 2, name: "Salesforce", exact: true }),
  });
  await card.getByRole("button", { name: /^Connect/ }).click();
  const sheet = page.getByRole("dialog");
  const name = unique("Org");
  await sheet.getByLabel("Name").fill(name);
  await sheet.getByLabel(/My Domain address/).fill("sandbox");
  await sheet.getByLabel(/Consumer key/).fill("sandbox-consumer-key");
  await sheet.getByLabel(/Consumer secret/).fill("sandbox-consumer-secret");
  await sheet.getByRole("button", { name: "Create connection" }).click();
  const secret = await page.getByRole("dialog").locator("code").first().innerText();
  await control("/settings", { exchangeSecret: secret.trim() });
  await page.getByRole("link", { name: "Go on with the set-up" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  made = { name, id: new URL(page.url()).pathname.split("/")[3] ?? "" };
  await page.getByRole("navigation", { name: "Connection" }).getByRole("link", { name: "Test" }).click();
  await page.waitForURL(/\/test$/);
  await page.getByRole("button", { name: "Test the connection" }).click();
  const steps = page.getByRole("main").getByRole("list").getByRole("listitem");
  for (const step of ["Client credentials", "User info", "Queues"])
    await expect(steps.filter({ hasText: `${step}: passed` })).toBeVisible();
}

async function openSession(page: Page, { opaque = false, text = "Hello" } = {}) {
  const { id } = await control<View>("/sessions", { text });
  const desk = await page.context().newPage();
  await desk.goto(`${ORG}/console?id=${id}${opaque ? "&opaque" : ""}`);
  const widget = desk.frameLocator("#visualforce iframe").frameLocator("iframe");
  return { id, desk, widget };
}

/** How often a line stands in the transcript, word for word. */
async function timesSaid(widget: FrameLocator, line: string): Promise<number> {
  await widget.getByRole("tab", { name: /Transcript/ }).click();
  const text = await widget.getByRole("log", { name: "Transcript" }).innerText();
  return text.split("\n").filter((said) => said.trim() === line).length;
}

test("a messaging session is followed, answered and summarized through the package's own page", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await connect(page);
  const { id, desk, widget } = await openSession(page);
  await test.step("messages of both speakers become lines and a card, once", async () => {
    await expect(widget.getByRole("log", { name: "Transcript" })).toContainText("Hello");
    await customer(id, QUESTION);
    await expect(widget.getByRole("article", { name: /refund/ })).toContainText("5 to 7 business days");
    await desk.getByLabel("Agent replies").fill("One moment please.");
    await desk.locator("#agent-form").getByRole("button", { name: "Send" }).click();
    await expect(widget.getByRole("log", { name: "Transcript" })).toContainText("One moment please.");
  });
  await test.step("a suggestion is sent into the conversation, and retried when it fails", async () => {
    await control("/faults", { sends: 1 });
    const card = widget.getByRole("article", { name: /refund/ });
    await card.getByRole("button", { name: "Send" }).click();
    await widget.getByRole("button", { name: "Send", exact: true }).last().click();
    const under = widget.getByRole("region", { name: "Messages under way" });
    await under.getByRole("button", { name: "Retry" }).click();
    const sent = async () =>
      (await sessionOf(id)).lines.filter(({ content }) => content.includes("5 to 7")).length;
    await expect.poll(sent).toBe(1);
    await expect(under.getByRole("button")).toHaveCount(0);
  });
  await test.step("the summary is saved to the record", async () => {
    await widget.getByRole("tab", { name: /Summary/ }).click();
    await widget.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(async () => (await sessionOf(id)).summary).not.toBe("");
  });
  await test.step("no other window gets a channel, to the page or to the widget", async () => {
    const answered = await desk.evaluate(async () => {
      const heard: { source?: string }[] = [];
      addEventListener("message", ({ data }) => heard.push(data));
      const frame = document.querySelector<HTMLIFrameElement>("#visualforce iframe")?.contentWindow;
      frame?.postMessage({ source: "omnibots.widget", version: 1, type: "hello", nonce: "guessed" }, "*");
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => heard.push(data);
      const welcome = { source: "omnibots.page", version: 1, type: "welcome", nonce: "guessed" };
      frame?.[0]?.postMessage({ ...welcome, payload: { nonce: "mine" } }, "*", [port2]);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return heard.filter(({ source }) => source?.startsWith("omnibots.")).length;
    });
    expect(answered).toBe(0);
  });
  await test.step("reloads and repeats tell of nothing twice", async () => {
    await control("/faults", { duplicateEvents: 1, logSkewMs: 700 });
    await customer(id, "ok");
    await customer(id, "ok");
    await expect.poll(() => timesSaid(widget, "ok")).toBe(2);
    await desk.getByRole("button", { name: "Reload the component" }).click();
    await desk.getByRole("button", { name: "Reload the Visualforce page" }).click();
    await expect.poll(() => timesSaid(widget, "ok")).toBe(2);
    await expect.poll(() => timesSaid(widget, QUESTION)).toBe(1);
  });
});

test("the widget works in an opaque origin", async ({ page }) => {
  await connect(page);
  const { widget } = await openSession(page, { opaque: true, text: QUESTION });
  await expect(widget.getByRole("article", { name: /refund/ })).toContainText("5 to 7 business days");
});
