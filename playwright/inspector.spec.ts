import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { test, unique, visit } from "./support/portal.ts";
import { deadEvents } from "./support/stored-events.ts";

test("what died is found by a word, grouped by its cause, exported and replayed with a dry run and progress", async ({
  page,
}) => {
  const word = `walrus${crypto.randomUUID().slice(0, 8)}`;
  // Letters alone: numbers are not what tells causes apart.
  const cause = unique("The tide did not answer").replace(/\d/g, "q");
  const stored = await deadEvents(7, cause, `about a ${word}`);
  try {
    await visit(page, "/demo/events");
    await page.getByLabel("Words in redacted payloads").fill(word.slice(0, 10));
    await expect(page.getByText("7 events", { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/q=walrus/);
    await page
      .getByRole("link", { name: new RegExp(word) })
      .first()
      .click();
    const trail = page.getByRole("region", { name: "Trail" });
    await expect(trail.getByText("Attempt 1 failed")).toBeVisible();
    await expect(trail.getByText(cause)).toBeVisible();
    await page.keyboard.press("Escape");

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: /JSON lines/ }).click();
    const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(7);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ state: "dead", content: `Agent: about a ${word}` });

    await page.getByRole("link", { name: "Dead by cause" }).click();
    const group = page.getByRole("row").filter({ hasText: cause });
    await expect(group.getByRole("cell", { name: "7", exact: true })).toBeVisible();
    await group.getByRole("button", { name: "Replay 7…" }).click();
    const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
    await expect(dialog.getByText(/7 events of 1 conversation are worked on again, once each/)).toBeVisible();
    await dialog.getByRole("button", { name: "Replay 7" }).click();

    await expect(page).toHaveURL(/\/events\/replays$/);
    const replay = page.getByRole("list", { name: "Replays" }).getByRole("listitem").first();
    await expect(replay.getByText("7 of 7 handed back")).toBeVisible();
    await expect(replay.getByText("7 worked.")).toBeVisible();
    await expect(replay.getByText("Done")).toBeVisible();
  } finally {
    await stored.remove();
  }
});

test("the command palette opens an event by its id", async ({ page }) => {
  const stored = await deadEvents(1, "No answer", "in the palette");
  try {
    await visit(page, `/demo/events?conversation=${stored.conversationId}`);
    const row = page.getByRole("link", { name: /in the palette/ });
    await row.click();
    await expect(page).toHaveURL(/event=/);
    const id = new URL(page.url()).searchParams.get("event") ?? "";
    await visit(page, "/demo/health");
    await page.keyboard.press("Control+K");
    await page.getByPlaceholder(/A page, connection, queue/).fill(id);
    await page.getByRole("group", { name: "Events" }).getByRole("option").click();
    await expect(page).toHaveURL(new RegExp(`/demo/events\\?event=${id}`));
    await expect(page.getByRole("region", { name: "Event", exact: true })).toContainText("in the palette");
  } finally {
    await stored.remove();
  }
});
