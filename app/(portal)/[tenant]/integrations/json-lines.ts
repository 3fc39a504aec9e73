/** An answer that goes out line by line, one JSON object each, as soon as it is there. */
export function jsonLines(items: AsyncIterable<unknown>): Response {
  const encoder = new TextEncoder();
  const lines = items[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await lines.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    cancel: async () => {
      await lines.return?.();
    },
  });
  const headers = {
    "content-type": "application/x-ndjson",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  };
  return new Response(body, { headers });
}
