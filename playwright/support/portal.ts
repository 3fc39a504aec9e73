import { test as base, type Locator, type Page } from "@playwright/test";
import { DEMO, PORTAL } from "./product.ts";

type StorageState = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

/** A test whose pages are signed in as the demo tenant's owner; signing in is done once a worker. */
export const test = base.extend<object, { session: StorageState }>({
  session: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: PORTAL });
      const page = await context.newPage();
      await signIn(page, DEMO);
      const state = await context.storageState();
      await context.close();
      await use(state);
    },
    { scope: "worker" },
  ],
  storageState: ({ session }, use) => use(session),
});

export async function signIn(page: Page, { email, password }: typeof DEMO): Promise<void> {
  await visit(page, "/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/overview$/);
}

/** Opens a page and waits until it reacts: before that, a click changes nothing. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => {
    const main = document.querySelector("main");
    return main !== null && Object.keys(main).some((key) => key.startsWith("__reactFiber"));
  });
}

/** Chooses in one of the portal's own lists, which are no native ones. */
export async function choose(list: Locator, option: string): Promise<void> {
  await list.click();
  await list.page().getByRole("option", { name: option, exact: true }).click();
}

/** Confirms what cannot be undone, by typing the thing's name. */
export async function deleteByName(place: Locator, name: string): Promise<void> {
  await place.getByRole("button", { name: "Delete…" }).click();
  const dialog = place.page().getByRole("dialog", { name: `Delete ${name}?` });
  await dialog.getByRole("textbox").fill(name);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
}

/** A name that no other run or test has. */
export function unique(name: string): string {
  return `${name} ${crypto.randomUUID().slice(0, 8)}`;
}
