import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Runtime } from "./server-runtime.ts";
import { type Caller, SocketSession } from "./socket-session.ts";
import { identify, refuse } from "./upgrade-gate.ts";

export type UpgradeRequest = { request: IncomingMessage; socket: Duplex; head: Buffer };

/** One upgrade from its arrival to a session or a refusal. Never throws: nobody is there to catch it. */
export async function upgrade(runtime: Runtime, upgrading: UpgradeRequest): Promise<void> {
  const arrivedAt = performance.now();
  const { request, socket } = upgrading;
  const { measurements, gate, log } = runtime;
  // Until `ws` takes over nobody else listens, and an error that nobody hears ends the process.
  socket.on("error", () => socket.destroy());
  try {
    const caller = runtime.draining ? undefined : await identify(request, gate);
    if (caller && "refusal" in caller) {
      measurements.refusedUpgrades += 1;
      log.warn({ refusal: caller.refusal }, "audiohook upgrade refused");
      await refuse(socket, 401, arrivedAt, gate);
    } else if (!caller || runtime.draining) {
      await refuse(socket, 503, arrivedAt, gate);
    } else {
      carry(runtime, upgrading, caller);
    }
  } catch (error) {
    log.error({ err: error }, "audiohook upgrade failed");
    await refuse(socket, 503, arrivedAt, gate);
  }
}

function carry(runtime: Runtime, { request, socket, head }: UpgradeRequest, caller: Caller): void {
  runtime.wss.handleUpgrade(request, socket, head, (ws) => {
    const session = new SocketSession(ws, caller, runtime);
    runtime.sessions.add(session);
    void session.over.then(() => runtime.sessions.delete(session));
  });
}
