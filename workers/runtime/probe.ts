import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a process must reach to be of use, by name. A check passes by resolving. */
export type ReadinessChecks = Record<string, () => Promise<unknown>>;

const CHECK_TIMEOUT_MS = 2_000;

/** Answers `/healthz` (alive) and `/readyz` (can reach what it needs); false when the address is another. */
export function answerProbe(
  request: IncomingMessage,
  response: ServerResponse,
  checks: ReadinessChecks,
): boolean {
  const path = request.url?.split("?", 1)[0];
  if (path === "/healthz") {
    send(response, 200, { alive: true });
    return true;
  }
  if (path !== "/readyz") return false;
  void runChecks(checks).then((results) => {
    const ready = Object.values(results).every((result) => result === "ok");
    send(response, ready ? 200 : 503, { ready, checks: results });
  });
  return true;
}

/** The door of a process that has no other one. Port 0 takes any free port. */
export async function serveProbe(door: {
  port: number;
  host?: string;
  checks: ReadinessChecks;
}): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (!answerProbe(request, response, door.checks)) send(response, 404, { error: { code: "not_found" } });
  });
  const port = await listen(server, door.port, door.host);
  return { port, close: () => closeServer(server) };
}

/** Resolves with the port that was bound; rejects with a sentence naming the port when it is taken. */
export function listen(server: Server, port: number, host = "127.0.0.1"): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === "EADDRINUSE" ? "is already taken" : `cannot be opened (${cause.code})`;
      reject(new Error(`Port ${port} on ${host} ${reason}.`, { cause }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Stops accepting, lets running requests finish and drops idle connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** The cause stays on our side: a probe's answer is read by anyone who can reach the port. */
async function runChecks(checks: ReadinessChecks): Promise<Record<string, "ok" | "failed">> {
  const results = Object.entries(checks).map(async ([name, check]) => {
    const passed = await Promise.race([
      Promise.resolve()
        .then(check)
        .then(
          () => true,
          () => false,
        ),
      new Promise<boolean>((resolve) => setTimeout(resolve, CHECK_TIMEOUT_MS, false).unref()),
    ]);
    return [name, passed ? "ok" : "failed"] as const;
  });
  return Object.fromEntries(await Promise.all(results));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
