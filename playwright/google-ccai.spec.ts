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
  signInWindow,
  testConnection,
} from "./support/journey.ts";
import { choose, test, unique } from "./support/portal.ts";

const PROJECT = process.env.SANDBOX_GOOGLE_URL ?? "http://localhost:3107";
const TOKEN = process.env.SANDBOX_TOKEN ?? "";

type Seed = {
  projectId: string;
  location: string;
  topic: string;
  dialogflowAgent: string;
  domain: string;
  oauthClient: { id: string; secret: string };
};
type State = { subscriptions: { name: string; pushConfig?: { pushEndpoint?: string } }[] };

async function control<T>(path: string): Promise<T> {
  const response = await fetch(`${PROJECT}/_control${path}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(response.ok, `${path}: ${response.status}`).toBe(true);
  return (await response.json()) as T;
}

let made: Connected | undefined;
test.afterEach(async ({ page }) => {
  if (made) await disconnect(page, made);
  made = undefined;
});

test("a Google CCAI chat is pushed to us, answered by Dialogflow CX and by Agent Assist itself", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const seed = await control<Seed>("/seed");
  const key = JSON.stringify(await control<object>("/key"));
  const connection = await connectPlatform(page, /^Google/, unique("CCAI"), async (sheet: Locator) => {
    await choose(sheet.getByRole("combobox", { name: "Cloud", exact: true }), "Sandbox on this machine");
    await sheet.getByLabel("Project id").fill(seed.projectId);
    await sheet.getByLabel("Service account key").fill(key);
    await sheet.getByLabel("Location").fill(seed.location);
    await sheet.getByLabel("Topic", { exact: true }).fill(seed.topic);
    await sheet.getByLabel("Dialogflow agent id").fill(seed.dialogflowAgent);
    await sheet.getByLabel("OAuth client id").fill(seed.oauthClient.id);
    await sheet.getByLabel("OAuth client secret").fill(seed.oauthClient.secret);
    await sheet.getByLabel("Agents' domains").fill(seed.domain);
  });
  made = connection;
  const before = await control<State>("/state");
  await testConnection(page, connection, {
    "Service account": "passed",
    Topic: "passed",
    Subscription: "passed",
    "Dialogflow CX agent": "passed",
    "Conversation profiles": "passed",
    "CCAI Insights": "not used",
    "First real event": "waiting",
  });
  const after = await control<State>("/state");
  expect(after.subscriptions).toHaveLength(before.subscriptions.length + 1);
  await mapQueue(page, connection, "Delivery desk");

  const { desktop, widget } = await openDesktop(page, connection);
  await desktop.getByLabel("Profile").selectOption({ label: "Delivery desk" });
  await desktop.getByRole("button", { name: "New conversation" }).click();
  await test.step("the agent signs in with Google, an account of another domain is refused", async () => {
    const signIn = widget.getByRole("button", { name: /^Sign in( again)?$/ });
    const choosing = async (account: string | RegExp) => {
      const accounts = await signInWindow(page.context(), () => signIn.click());
      await accounts.getByText(account).click();
    };
    await choosing("Sam Stranger");
    await expect(widget.getByText(/other\.example/)).toBeVisible();
    await choosing("Kim Larsen");
    await expect(widget.getByText("live", { exact: true })).toBeVisible();
    await expect(widget.getByText("Delivery desk").first()).toBeVisible();
  });
  const writes = async (text: string) => {
    await desktop.getByLabel("Customer writes").fill(text);
    await desktop.getByRole("button", { name: "Send as the customer" }).click();
  };
  await test.step("Dialogflow CX answers what it knows, with its source", async () => {
    await writes("I was charged twice");
    await expectCard(widget, /charged twice/, "refunded within five working days");
  });
  await test.step("our own knowledge answers where it has no match", async () => {
    await writes(QUESTION);
    await expectCard(widget, /refund to my card/, ANSWER);
  });
  await test.step("Agent Assist's own suggestion shows as one", async () => {
    await desktop.getByRole("button", { name: "Publish a suggestion" }).click();
    await expect(widget.getByRole("article", { name: /invoice/ })).toContainText("Billing > Invoices");
  });
  await test.step("the end ends the session", async () => {
    await desktop.getByRole("button", { name: "Finish" }).click();
    await expect(widget.getByText("ended", { exact: true })).toBeVisible();
  });

  await expectHealthy(page, connection);
  await expectDelivered(page, connection, QUESTION);
  await testConnection(page, connection, { "First real event": "passed" });

  await test.step("disconnecting removes the subscription from the project", async () => {
    made = undefined;
    await disconnect(page, connection);
    await expect
      .poll(async () => (await control<State>("/state")).subscriptions.length)
      .toBe(before.subscriptions.length);
  });
});
