import { EXPORT_FORMATS, exportEvents } from "#/lib/inspector/export-events.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { database } from "#/lib/web/database.ts";
import { tenantRoute } from "#/lib/web/route.ts";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson; charset=utf-8" } as const;

/** The list under the address's filter as a file; it leaves while it is read, however long it is. */
export const GET = tenantRoute("events:read", async (request, tenant) => {
  const { searchParams } = new URL(request.url);
  const format = EXPORT_FORMATS.find((each) => each === searchParams.get("format"));
  if (!format) throw new AppError("invalid_input", "Say format=csv or format=jsonl.");
  const params = Object.fromEntries(
    [...new Set(searchParams.keys())].map((key) => [key, searchParams.getAll(key)]),
  );
  const actor = { tenantId: tenant.id, userId: tenant.userId };
  const lines = await exportEvents(database(), actor, params, format);
  return new Response(streamOf(lines), {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="events.${format}"`,
      "cache-control": "no-store",
    },
  });
});

/** A page is read when the one before it has left; who goes away stops the reading. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
}
