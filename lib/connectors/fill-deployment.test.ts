import { expect, test } from "vitest";
import { CATALOG, manifestOf } from "./catalog.ts";
import { fillDeployment } from "./fill-deployment.ts";

const CONNECTION = { platform: "genesys", publicId: "abc", embedToken: "secret" };
const filled = () =>
  fillDeployment(manifestOf("genesys").deployment ?? [], "https://assist.example.com/", CONNECTION);

const pasted = (part: string, label: string) =>
  filled()
    .find(({ id }) => id === part)
    ?.values.find((one) => one.label === label)?.value;

test("the widget's address has the platform's placeholders, and the token where no server sees it", () => {
  expect(pasted("interaction-widget", "Application URL")).toBe(
    "https://assist.example.com/widget/genesys/abc?conversationId={{gcConversationId}}&gcHostOrigin={{gcHostOrigin}}&gcTargetEnv={{gcTargetEnv}}&langTag={{gcLangTag}}&usePopupAuth={{gcUsePopupAuth}}#t=secret",
  );
  expect(pasted("sidebar", "Application URL")).not.toContain("conversationId");
});

test("the redirect address is the sign-in's own", () => {
  expect(pasted("agent-client", "Authorized redirect URI")).toBe(
    "https://assist.example.com/widget/genesys/callback",
  );
});

test("no placeholder of ours is left in any platform's deployment", () => {
  for (const { deployment = [] } of CATALOG) {
    const parts = fillDeployment(deployment, "https://assist.example.com", CONNECTION);
    expect(JSON.stringify(parts)).not.toMatch(/%[A-Z_]+%/);
  }
});
