import { expect } from "@playwright/test";
import { deleteByName, test, unique, visit } from "./support/portal.ts";

test("a Genesys connection is made, tested, given new keys and origins, paused and deleted", async ({
  page,
}) => {
  const name = unique("Site");
  await visit(page, "/demo/integrations");
  await page.getByRole("button", { name: "Connect another" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Name").fill(name);
  await sheet.getByLabel(/Organization id/).fill("5b9d4c0e-7f0f-4f6f-9d2f-0d3a5f8c1e11");
  await sheet.getByRole("button", { name: "Create connection" }).click();

  const keys = page.getByRole("dialog", { name: "Connected: copy the key and the secret now" });
  await expect(keys.getByText("These are shown once.")).toBeVisible();
  const [apiKey = "", secret = ""] = await keys.locator("code").allInnerTexts();
  expect(apiKey.length).toBeGreaterThan(20);
  expect(secret.length).toBeGreaterThan(20);
  await keys.getByRole("link", { name: "Go on with the set-up" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("no event yet")).toBeVisible();
  await expect(page.getByRole("region", { name: "Credentials" }).getByText(/•\s*stored$/)).toHaveCount(2);
  const shown = await page.content();
  expect(shown.includes(apiKey) || shown.includes(secret)).toBe(false);

  const tabs = page.getByRole("navigation", { name: "Connection" });
  await tabs.getByRole("link", { name: "Test" }).click();
  await page.waitForURL(/\/test$/);
  await page.getByRole("button", { name: "Test the connection" }).click();
  const steps = page.getByRole("main").getByRole("list").getByRole("listitem");
  await expect(steps.filter({ hasText: "AudioHook signed probe: passed" })).toBeVisible();
  await expect(steps.filter({ hasText: "First real event: waiting" })).toBeVisible();
  await expect(steps.filter({ hasText: ": failed" })).toHaveCount(0);

  const past = page.getByRole("region", { name: "Past tests" });
  await expect(past.getByRole("button").first()).toContainText("Demo owner");

  await tabs.getByRole("link", { name: "Set up" }).click();
  const flow = page.getByRole("listitem").filter({ hasText: "turn audio monitoring on" });
  await flow.getByRole("checkbox", { name: "Done" }).click();
  await expect(flow.getByText("done", { exact: true })).toBeVisible();
  const progress = page.getByText(/ of \d+ steps done/);
  const reached = await progress.innerText();
  await page.reload();
  await expect(progress).toHaveText(reached);
  const voice = page.getByRole("listitem").filter({ hasText: "add AudioHook Monitor" });
  await voice.getByRole("button", { name: /add AudioHook Monitor/ }).click();
  await voice.getByRole("button", { name: "Check this step" }).click();
  await expect(voice.getByText("done", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Make a new key and secret" }).click();
  await page.getByRole("button", { name: "Make them" }).click();
  const renewed = page.getByRole("dialog", { name: "Copy the new key and secret now" });
  await expect(renewed.locator("code").first()).not.toHaveText(apiKey);
  await renewed.getByRole("button", { name: "I have copied both" }).click();
  await expect(page.getByText("The old pair still lets calls in")).toBeVisible();

  await tabs.getByRole("link", { name: "Deploy" }).click();
  const origins = page.getByLabel(/Allowed origins/);
  await origins.fill("http://desk.example.com");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert").first()).toBeVisible();
  await origins.fill("https://desk.example.com");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The next load of the widget follows it.")).toBeVisible();
  await page.reload();
  await expect(origins).toHaveValue("https://desk.example.com");

  await tabs.getByRole("link", { name: "Danger" }).click();
  await expect(page.getByText("0 conversations")).toBeVisible();
  await expect(page.getByText("AudioHook connections are refused")).toBeVisible();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByRole("heading", { name: "The connection is paused" })).toBeVisible();
  await deleteByName(page.getByRole("main"), name);
  await expect(page).toHaveURL(/\/demo\/integrations$/);
  await expect(page.getByRole("heading", { name: "What each platform allows" })).toBeVisible();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("every platform says how to connect it, and asks for what it needs", async ({ page }) => {
  await visit(page, "/demo/integrations");
  for (const platform of ["Five9", "8x8", "Salesforce", "Google"]) {
    const card = page.getByRole("listitem").filter({
      has: page.getByRole("heading", { level: 2, name: new RegExp(platform) }),
    });
    await card.getByRole("button", { name: "Connect", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: new RegExp(`Connect .*${platform}`) });
    await expect(sheet.getByLabel("Name", { exact: true })).toHaveValue(new RegExp(platform));
    expect(await sheet.getByRole("textbox").count()).toBeGreaterThan(2);
    await expect(sheet.getByRole("button", { name: "Create connection" })).toBeEnabled();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
  }
});
