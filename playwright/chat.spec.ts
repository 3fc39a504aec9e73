import { expect } from "@playwright/test";
import { cardFor, customerWrites, startDemo } from "./support/desktop.ts";
import { test, visit } from "./support/portal.ts";

const QUESTION = "How long does a refund to my card take?";

test("a typed message becomes a line and a card with its source, and can be traced and replayed", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const desktop = await startDemo(page, { source: "Demo chat" });
  const { widget } = desktop;
  expect(new URL(desktop.page.url()).origin).not.toBe(new URL(page.url()).origin);
  const card = cardFor(desktop, /refund/);

  await test.step("line and card", async () => {
    await customerWrites(desktop, QUESTION);
    await expect(desktop.page.getByText("✓ delivered")).toBeVisible();
    await expect(card).toContainText("5 to 7 business days");
    await expect(card.getByText("Word for word from the sources")).toBeVisible();
    await widget.getByRole("tab", { name: /Transcript/ }).click();
    await expect(widget.getByRole("log", { name: "Transcript" })).toContainText(QUESTION);
    await widget.getByRole("tab", { name: /Assist/ }).click();
  });
  await test.step("the citation opens its passage", async () => {
    await card
      .getByRole("button", { name: /^Source \d/ })
      .first()
      .click();
    const passage = widget.getByRole("region", { name: /^Source:/ });
    await expect(passage.locator("mark").first()).toContainText("5 to 7 business days");
    await passage.getByRole("button", { name: "Back" }).click();
    await expect(passage).toBeHidden();
  });
  await test.step("thumb, copy, insert", async () => {
    await card.getByRole("button", { name: "Helpful", exact: true }).click();
    await expect(card.getByRole("button", { name: "Helpful", exact: true })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await card.getByRole("button", { name: "Copy", exact: true }).click();
    await expect(card.getByRole("button", { name: "Copied" })).toBeVisible();
    await card.getByRole("button", { name: "Insert" }).click();
    await expect(desktop.page.getByLabel("Agent replies")).toHaveValue(/5 to 7 business days/);
  });
  await test.step("the agent asks, once with and once without a source", async () => {
    const ask = widget.getByRole("textbox", { name: "Ask the knowledge base" });
    await ask.fill("What does a lost parcel mean for my order?");
    await ask.press("Enter");
    await expect(cardFor(desktop, /lost parcel/).or(widget.getByText(/1 new/))).toBeVisible();
    await ask.fill("Which football team will win on Sunday?");
    await ask.press("Enter");
    await expect(widget.getByText("No source for this:")).toBeVisible();
  });
  await test.step("the inspector has its trail, and a replay shows the card once more in its place", async () => {
    await visit(page, "/demo/events");
    await page.getByRole("link", { name: QUESTION }).first().click();
    const event = page.getByRole("region", { name: "Event", exact: true });
    await expect(event.getByText("Suggested")).toBeVisible();
    const trail = page.getByRole("region", { name: "Trail" });
    for (const stage of ["Stored", "Retrieved", "Grounded", "Painted"])
      await expect(trail.getByText(stage, { exact: true }).first()).toBeVisible();
    await expect(trail.getByText("Made with", { exact: true })).toBeVisible();
    await event.getByRole("button", { name: "Replay" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Replay" }).click();
    await expect(page.getByText("Replay started")).toBeVisible();
    await expect(trail.getByText("Made with, replay 1")).toBeVisible();
    await expect(event.getByText("replayed once")).toBeVisible();
    // The newest answer stands first, and the old one is gone from its place.
    await expect(widget.locator("article, button[aria-expanded=false]").first()).toContainText(/refund/);
    await expect(
      widget
        .getByRole("article", { name: /refund/ })
        .or(widget.getByRole("button", { name: /refund to my card/ })),
    ).toHaveCount(1);
  });
});
