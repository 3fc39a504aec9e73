import type { Server } from "node:http";
import type { Runtime } from "./server-runtime.ts";
import { settledWithin } from "./timings.ts";

/** Added to the flush and goodbye times, whose own timers end what is left. */
const MARGIN_MS = 1000;

function allOver({ sessions }: Runtime): Promise<unknown> {
  return Promise.all([...sessions].map((session) => session.over));
}

/**
 * A shutdown that no caller notices: the listener stays up to say that it is not ready, running calls go
 * on for as long as they may, the rest are asked to close, and results get their time to be taken.
 */
export async function drain(runtime: Runtime, http: Server): Promise<void> {
  const { timings, registry, sessions, log } = runtime;
  runtime.draining = true;
  if (!(await settledWithin(allOver(runtime), timings.drainMs))) {
    log.warn({ calls: registry.size }, "calls outlived the drain, asking them to close");
    for (const session of sessions) {
      session.put({ type: "disconnect", reason: "completed", info: "The server is shutting down." });
    }
    await settledWithin(allOver(runtime), timings.goodbyeMs + timings.flushMs + MARGIN_MS);
    for (const session of sessions) session.terminate();
    await settledWithin(allOver(runtime), timings.flushMs);
  }
  if (!(await settledWithin(registry.allDelivered(), timings.deliveryMs))) registry.abandonAll();
  await new Promise<void>((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}
