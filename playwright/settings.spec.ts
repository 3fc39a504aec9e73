import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import postgres from "postgres";
import { anOutsider, type Outsider } from "./support/outsider.ts";
import { test, unique, visit } from "./support/portal.ts";
import { DATABASE } from "./support/product.ts";

const sql = postgres(DATABASE);
test.afterAll(() => sql.end());

const TABS = ["members", "roles", "sign-on", "keys", "retention", "branding", "origins", "audit"];
const PASSWORD = "four words in a row";

/** The text of a secret that is shown once. */
async function shownOnce(page: Page): Promise<string> {
  return (await page.getByRole("dialog").locator("code").innerText()).trim();
}

test("every page of settings opens by its tab, and axe finds nothing", async ({ page }) => {
  await visit(page, "/demo/settings");
  await expect(page).toHaveURL(/\/settings\/members$/);
  const tabs = page.getByRole("navigation", { name: "Settings" });
  for (const [at, path] of TABS.entries()) {
    await tabs.getByRole("link").nth(at).click();
    await expect(page).toHaveURL(new RegExp(`/settings/${path}$`));
    await expect(tabs.getByRole("link").nth(at)).toHaveAttribute("aria-current", "page");
    await expect(page.getByRole("main").getByRole("heading", { level: 2 }).first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect
      .soft(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`),
        path,
      )
      .toEqual([]);
  }
});

test("a person is invited, makes an account, gets another role, and is out once removed", async ({
  page,
  browser,
}) => {
  const email = `${crypto.randomUUID().slice(0, 8)}@guest.example`;
  await visit(page, "/demo/settings/members");
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("dialog").getByLabel("Role").click();
  await page.getByRole("option", { name: "Supervisor" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await shownOnce(page);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("region", { name: "Open invitations" }).getByText(email)).toBeVisible();

  const context = await browser.newContext({ storageState: undefined });
  const guest = await context.newPage();
  await visit(guest, link);
  await guest.getByLabel("Your name").fill("Gast Guest");
  await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await guest.getByLabel("Password again").fill("another one entirely");
  await guest.getByRole("button", { name: /Make the account/ }).click();
  await expect(guest.getByText("The two passwords differ")).toBeVisible();
  await guest.getByLabel("Password again").fill(PASSWORD);
  await guest.getByRole("button", { name: /Make the account/ }).click();
  await expect(guest).toHaveURL(/\/demo\/overview$/);
  expect((await guest.goto("/demo/settings"))?.status()).toBe(404);
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "does not count any more" })).toBeVisible();

  await page.reload();
  const row = page.getByRole("row", { name: /Gast Guest/ }).filter({ hasText: email });
  await row.getByLabel("Role of Gast Guest").click();
  await page.getByRole("option", { name: "Support engineer" }).click();
  await expect(page.getByText("has another role from the next click on")).toBeVisible();
  await expect(async () => {
    expect((await guest.goto("/demo/events"))?.status()).toBe(200);
  }).toPass();
  await row.getByRole("button", { name: "Remove Gast Guest" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(email);
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(row).toHaveCount(0);
  expect((await guest.goto("/demo/events"))?.status()).toBe(404);
  await context.close();
  await sql`delete from users where email = ${email}`;
});

test("the last owner stays, and a role of one's own is made, shown and deleted", async ({ page }) => {
  await visit(page, "/demo/settings/members");
  await page
    .getByRole("row", { name: /you/ })
    .getByLabel(/^Role of/)
    .click();
  await page.getByRole("option", { name: "Agent", exact: true }).click();
  await expect(page.getByText("This is the last owner")).toBeVisible();

  const name = unique("Editors");
  await visit(page, "/demo/settings/roles");
  await page.getByRole("button", { name: "Make a role" }).click();
  await page.getByLabel("Name").fill("Admin");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText('There is a role named "Admin" already.')).toBeVisible();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Add, change and delete documents").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("columnheader", { name })).toBeVisible();
  const row = page.getByRole("row").filter({ has: page.getByRole("cell", { name, exact: true }) });
  await row.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(row).toHaveCount(0);
});

test("a key is shown once, and stands in the audit log without itself", async ({ page }) => {
  const name = unique("Wiki sync");
  await visit(page, "/demo/settings/keys");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByText("see the marked fields")).toBeVisible();
  await page.getByLabel("List and read documents").check();
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await shownOnce(page);
  expect(key).toMatch(/^oaa_/);
  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await expect(page.getByText(key)).toHaveCount(0);
  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByRole("row", { name }).getByText("revoked")).toBeVisible();

  await visit(page, "/demo/settings/audit");
  await page.getByRole("searchbox").fill(name);
  await expect(page).toHaveURL(/q=Wiki/);
  await expect(page.getByRole("link", { name: "revoked an API key" })).toBeVisible();
  await page.getByRole("link", { name: "made an API key" }).click();
  await expect(page.getByText("key.created")).toBeVisible();
  expect(await page.content()).not.toContain(key);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("audit-log-demo.csv");
});

test("days are refused at their field, and shortening a time says first what it deletes", async ({
  page,
}) => {
  await visit(page, "/demo/settings/retention");
  const payloads = page.getByLabel("Raw payloads, days");
  const before = await payloads.inputValue();
  await payloads.fill("0");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Enter whole days, from 1 to 3650.")).toBeVisible();
  await payloads.fill(before);
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Saved. The next round goes by it.")).toBeVisible();
});

test("branding is refused where it cannot be read, and previewed as it is typed", async ({ page }) => {
  await visit(page, "/demo/settings/branding");
  const accent = page.getByLabel("Accent colour");
  await accent.fill("#ffee00");
  await expect(page.getByText(/:1 on light, at least 3:1/)).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Too close to the light ground")).toBeVisible();
  await page.getByLabel("Title").fill("Larkfield Assist");
  await expect(page.getByText("Larkfield Assist")).toHaveCount(2);
  await accent.fill("#2563eb");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Widgets that are opened from now on wear it")).toBeVisible();
  await sql`delete from branding where title = 'Larkfield Assist'`;
});

test("an unknown tenant, a missing permission and a missing page look alike", async ({ page, browser }) => {
  const outsider: Outsider = await anOutsider(sql);
  const words: string[] = [];
  for (const path of ["/nobody/settings", `/${outsider.slug}/settings/members`, "/demo/settings/nothing"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    words.push(await page.getByRole("main").last().innerText());
  }
  expect(new Set(words).size).toBe(1);
  await outsider.remove();
  const context = await browser.newContext({ storageState: undefined });
  const visitor = await context.newPage();
  await visitor.goto("/demo/settings/audit/export?format=csv");
  expect(await visitor.locator("body").innerText()).toContain("unauthenticated");
  await context.close();
});
