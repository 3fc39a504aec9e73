import { expect, test } from "vitest";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { frameAncestorsFor } from "./frame-rules.ts";

const connection = {
  platform: "genesys" as const,
  allowedOrigins: ["https://desk.acme.example", "http://localhost:3100", "https://*.acme.example"],
};
const find = async (publicId: string) => (publicId === "known" ? connection : undefined);

test("a known connection is framed by its platform's hosts and by its own origins", async () => {
  const rule = await frameAncestorsFor("genesys", "known", find);
  expect(rule.split(" ")).toEqual([...manifestOf("genesys").frameAncestors, ...connection.allowedOrigins]);
});

test("an unknown connection and one of another platform are framed by nobody", async () => {
  expect(await frameAncestorsFor("genesys", "unknown", find)).toBe("'none'");
  expect(await frameAncestorsFor("five9", "known", find)).toBe("'none'");
});

test("what is no origin cannot smuggle a rule into the policy", async () => {
  const rule = await frameAncestorsFor("genesys", "x", async () => ({
    platform: "genesys",
    allowedOrigins: ["https://a.example; script-src *", "*", "javascript:alert(1)"],
  }));
  expect(rule).toBe(manifestOf("genesys").frameAncestors.join(" "));
});
