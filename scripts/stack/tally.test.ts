import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { closingLine, readPlaywrightReport, readVitestReport, single, sum } from "./tally.ts";

function reportFile(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "tally-")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test("the closing line sums every step", () => {
  const vitest = reportFile({ numPassedTests: 10, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0 });
  const playwright = reportFile({ stats: { expected: 3, unexpected: 1, flaky: 0, skipped: 0 } });
  const total = sum([single(true), readVitestReport(vitest, 0), readPlaywrightReport(playwright, 1)]);
  expect(closingLine(total)).toBe("14 passed, 1 failed, 1 skipped");
});

test("a runner that failed without a failed test counts as a failure", () => {
  const report = reportFile({ numPassedTests: 10, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 });
  expect(readVitestReport(report, 1).failed).toBe(1);
});

test("a runner that left no report counts as a failure", () => {
  expect(closingLine(readVitestReport("/nowhere/report.json", 137))).toBe("0 passed, 1 failed");
});
