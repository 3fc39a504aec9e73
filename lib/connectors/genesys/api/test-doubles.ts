import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { PlatformAccess, QuotaReport } from "../../platform-access.ts";
import { type GenesysHosts, hostsOf } from "./hosts.ts";

export type Asked = { method: string; path: string; headers: IncomingMessage["headers"]; body: string };
export type Reply = { status?: number; headers?: Record<string, string>; json?: unknown; drop?: boolean };

export type LocalPlatform = {
  hosts: GenesysHosts;
  access: PlatformAccess;
  asked: Asked[];
  waits: number[];
  reports: QuotaReport[];
  /** Milliseconds; moves by itself where the code waits. */
  clock: { now: number };
  close(): Promise<void>;
};

/** A server on this machine that answers what the test says, and an access that waits on a clock of the test's own. */
export async function localPlatform(
  answer: (asked: Asked, nth: number) => Reply | Promise<Reply>,
): Promise<LocalPlatform> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body: Buffer.concat(chunks).toString() };
    asked.push(one);
    const reply = await answer(one, asked.length);
    if (reply.drop) return request.socket.destroy();
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(reply.json === undefined ? "" : JSON.stringify(reply.json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const clock = { now: Date.parse("2026-03-02T10:00:00Z") };
  const waits: number[] = [];
  const reports: QuotaReport[] = [];
  const access: PlatformAccess = {
    connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
    fetch,
    now: () => clock.now,
    wait: async (ms) => {
      waits.push(ms);
      clock.now += ms;
    },
    quota: (report) => reports.push(report),
    sandboxes: { genesys: url },
  };
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { hosts: hostsOf("sandbox", access.sandboxes), access, asked, waits, reports, clock, close };
}
