import { expect } from "@playwright/test";
import { startDemo } from "./support/desktop.ts";
import { test, visit } from "./support/portal.ts";

test("a demo call is transcribed and answered while it goes on, and its end is shown", async ({ page }) => {
  test.setTimeout(150_000);
  const desktop = await startDemo(page, { source: "Demo call 1" });
  const { page: host, widget } = desktop;
  await host.getByLabel("Width").selectOption("480");
  await expect(host.getByText("On the call")).toBeVisible();
  await expect(widget.getByText("live", { exact: true })).toBeVisible();

  const log = widget.getByRole("log", { name: "Transcript" });
  await test.step("words appear while they are spoken, and settle", async () => {
    await expect(widget.locator('[aria-live="off"] p').first()).toBeVisible({ timeout: 60_000 });
    await expect(log.getByText("Customer", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
    await expect(log.getByText("Agent", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  });
  await test.step("an answer comes during the call", async () => {
    await expect(widget.getByRole("article").first()).toBeVisible({ timeout: 60_000 });
    await expect(widget.getByRole("list", { name: "Sources" }).first()).toBeVisible();
    await expect(host.getByText("On the call")).toBeVisible();
  });
  await test.step("hanging up ends it everywhere", async () => {
    await host.getByRole("button", { name: "Hang up" }).click();
    await expect(host.locator('[data-role="state"]')).toHaveText("Ended");
    await expect(widget.getByText("ended", { exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(host.getByText("Protocol violations by the server")).toBeHidden();
  });

  await visit(page, "/demo/health");
  const services = page.getByRole("table", { name: "Processes and dependencies" });
  for (const name of ["Web", "Realtime", "AudioHook", "Jobs"])
    await expect(services.getByRole("row").filter({ hasText: name }).getByText("Running")).toBeVisible();
  const connection = page.getByRole("table", { name: "Connections" }).getByRole("row").filter({
    hasText: "Genesys Cloud (sandbox)",
  });
  await expect(connection.getByText("never")).toHaveCount(0);
  await expect(connection.getByText(/Fine|With failures/)).toBeVisible();
});
