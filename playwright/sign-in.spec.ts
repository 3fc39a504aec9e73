import { expect, test as visitor } from "@playwright/test";
import { test, visit } from "./support/portal.ts";
import { DEMO } from "./support/product.ts";

visitor(
  "a wrong password is refused in words, the right one opens the overview, and out is out",
  async ({ page }) => {
    await visit(page, "/sign-in");
    await page.getByLabel("E-mail").fill(DEMO.email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("do not fit together");

    await page.getByLabel("Password").fill(DEMO.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/demo\/overview$/);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

    await page.getByRole("button", { name: /theme and sign out/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto("/demo/knowledge");
    await expect(page).toHaveURL(/\/sign-in/);
  },
);

test("the theme is switched, and stays after a reload", async ({ page }) => {
  for (const [choice, theme] of [
    ["Dark", /\bdark\b/],
    ["Light", /\blight\b/],
  ] as const) {
    await visit(page, "/demo/overview");
    await page.getByRole("button", { name: /theme and sign out/ }).click();
    await page.getByRole("menuitemradio", { name: choice }).click();
    await expect(page.locator("html")).toHaveClass(theme);
    await page.reload();
    await expect(page.locator("html")).toHaveClass(theme);
  }
});

test("a keyboard skips to the content and goes to a page by its name", async ({ page }) => {
  await visit(page, "/demo/overview");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Go to" })).toBeVisible();
  await page.keyboard.type("prompt");
  await expect(page.getByRole("option", { name: /Queue Mapping/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/demo\/middleware\/queues$/);
  await expect(page.getByRole("heading", { level: 1, name: "Queue Mapping" })).toBeVisible();
});

test("a tenant that does not exist looks like a page that does not", async ({ page }) => {
  const words: string[] = [];
  for (const path of ["/nobody/overview", "/demo/nothing-here"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
    words.push(await page.getByRole("main").last().innerText());
  }
  expect(words[0]).toBe(words[1]);
});
