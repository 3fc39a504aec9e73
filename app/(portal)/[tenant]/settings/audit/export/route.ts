import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parseAuditFilter } from "#/lib/tenancy/audit-filter.ts";
import { EXPORT_FORMATS, exportAudit } from "#/lib/tenancy/export-audit.ts";
import { database } from "#/lib/web/database.ts";
import { tenantRoute } from "#/lib/web/route.ts";
import { askingOf } from "../../asking.ts";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson; charset=utf-8" } as const;

/** The log as a file, under the same filters as the page; it is sent as it is read. */
export const GET = tenantRoute("audit:read", async (request, tenant) => {
  // A download is a change here: it stands in the log. Another site's page must not cause one.
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none")
    throw new AppError("forbidden", "Only pages of this site may ask for this.");
  const params = new URL(request.url).searchParams;
  const format = z.enum(EXPORT_FORMATS).catch("csv").parse(params.get("format"));
  const query = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  const lines = exportAudit(database(), askingOf(tenant), {
    filter: parseAuditFilter(query, Date.now()),
    format,
  });
  return new Response(streamOf(lines), {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="audit-log-${tenant.slug}.${format}"`,
      "cache-control": "no-store",
    },
  });
});

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await lines.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
}
