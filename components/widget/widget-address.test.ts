import { expect, test } from "vitest";
import { leaveKeeper, readWidgetAddress } from "./widget-address.ts";

function aPage(href: string, name = "") {
  const page = { location: { href }, name, shown: href, history: { replaceState: () => {} } };
  page.history.replaceState = ((_state: unknown, _title: string, url: URL) => {
    page.shown = url.href;
  }) as () => void;
  return page as typeof page & Parameters<typeof readWidgetAddress>[0];
}

test("the tokens are read and leave the address; the platform's parameters stay", () => {
  const page = aPage(
    "https://a.example/widget/genesys/x?conversationId=c-1&gcTargetEnv=prod#t=embed&ticket=abc",
  );
  expect(readWidgetAddress(page)).toMatchObject({
    embedToken: "embed",
    ticket: "abc",
    conversationId: "c-1",
    parameters: { conversationId: "c-1", gcTargetEnv: "prod" },
  });
  expect(page.shown).toBe("https://a.example/widget/genesys/x?conversationId=c-1&gcTargetEnv=prod");
});

test("the embed token is no parameter, and nothing strange is one", () => {
  const page = aPage(`https://a.example/w?t=embed&a-b=1&long=${"x".repeat(600)}&langTag=de`);
  expect(readWidgetAddress(page)).toMatchObject({ embedToken: "embed", parameters: { langTag: "de" } });
});

test("a frame keeps a secret over the redirect and gets its own name back", () => {
  const page = aPage("https://a.example/w#t=embed", "the desktop's name: 1");
  const keeper = crypto.randomUUID() + crypto.randomUUID();
  leaveKeeper(page, keeper);
  expect(readWidgetAddress(page).keeper).toBe(keeper);
  expect(page.name).toBe("the desktop's name: 1");
  expect(readWidgetAddress(page).keeper).toBeUndefined();
});
