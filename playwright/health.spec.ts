import { expect } from "@playwright/test";
import { test, visit } from "./support/portal.ts";
import { deadEvents } from "./support/stored-events.ts";

test("what is wrong leads the page, without a reload, and opens what is behind it", async ({ page }) => {
  await visit(page, "/demo/health");
  await expect(page.getByRole("heading", { level: 1, name: "Service Health" })).toBeVisible();
  const stored = await deadEvents(2, "No answer came", "nobody heard this");
  try {
    const needs = page.getByRole("list", { name: "What needs you" });
    const dead = needs.getByRole("listitem").filter({ hasText: "failed for good" });
    await expect(dead).toBeVisible();
    await expect(dead).toContainText("Open them, mend the cause, and replay them.");
    await dead.getByRole("link", { name: "Open" }).click();
    await expect(page).toHaveURL(/\/demo\/events\?state=dead/);
  } finally {
    await stored.remove();
  }
});

test("every process stands with its state, and each range draws what it has", async ({ page }) => {
  const stored = await deadEvents(3, "No answer came", "counted in a chart");
  try {
    await visit(page, "/demo/health?range=30d");
    const processes = page.getByRole("region", { name: "Processes and dependencies" }).first();
    for (const name of ["Jobs", "Realtime", "Postgres", "Redis"])
      await expect(processes.getByRole("row").filter({ hasText: name }).first()).toBeVisible();
    await page
      .getByRole("navigation", { name: "Time range" })
      .getByRole("link", { name: "Last hour" })
      .click();
    await expect(page.getByRole("heading", { name: "Events each minute" })).toBeVisible();
    // The figures are rolled up every ten seconds.
    const table = page.getByText("As a table: Events each minute");
    await table.click();
    await expect(page.getByRole("table", { name: "Events each minute" })).toBeVisible();
  } finally {
    await stored.remove();
  }
});
