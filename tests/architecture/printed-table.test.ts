import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LAYERS } from "./layers.ts";

const FILE = new URL("../../ARCHITECTURE.md", import.meta.url);

function printed(): string {
  const rows = Object.entries(LAYERS).map(
    ([module, allowed]) => `| \`${module}\` | ${allowed.length === 0 ? "nothing" : allowed.join(", ")} |`,
  );
  return ["| module | may import |", "|---|---|", ...rows].join("\n");
}

test("ARCHITECTURE.md prints the table of layers", () => {
  const text = readFileSync(FILE, "utf8");
  const expected = text.replace(
    /<!-- layers -->[\s\S]*<!-- \/layers -->/,
    () => `<!-- layers -->\n${printed()}\n<!-- /layers -->`,
  );
  expect(text).toBe(expected);
});
