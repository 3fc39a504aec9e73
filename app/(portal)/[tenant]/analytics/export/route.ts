import { CSV_TABLES, type CsvTable, figuresCsv, gapsCsv } from "#/lib/analytics/analytics-csv.ts";
import { type Period, parseRange, periodOf } from "#/lib/analytics/analytics-range.ts";
import { readAnalytics } from "#/lib/analytics/read-analytics.ts";
import { readGaps } from "#/lib/analytics/read-gaps.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { database } from "#/lib/web/database.ts";
import { tenantRoute } from "#/lib/web/route.ts";
import { readerZone } from "../reader-zone.ts";

/** One of the page's tables, for a spreadsheet. */
export const GET = tenantRoute("analytics:read", async (request, tenant) => {
  const params = new URL(request.url).searchParams;
  const table = CSV_TABLES.find((name) => name === params.get("table"));
  if (!table)
    throw new AppError("invalid_input", `There is no such table; there are ${CSV_TABLES.join(", ")}.`);
  const range = parseRange(params.get("range") ?? undefined);
  const text = await csvOf(table, tenant.id, periodOf(range, await readerZone(), Date.now()));
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${tenant.slug}-${table}-${range}.csv"`,
      "cache-control": "no-store",
    },
  });
});

async function csvOf(table: CsvTable, tenantId: string, period: Period): Promise<string> {
  if (table === "gaps") return gapsCsv((await readGaps(database(), tenantId, period)).gaps);
  return figuresCsv(table, await readAnalytics(database(), tenantId, period));
}
