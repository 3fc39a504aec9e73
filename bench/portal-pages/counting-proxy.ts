import { once } from "node:events";
import { createServer, connect as dial, type Socket } from "node:net";

export type CountingProxy = {
  /** The database's address, by way of this proxy. */
  url: string;
  /** Statements since the last call; those that open, name the tenant of, and end a transaction are not counted. */
  take(): number;
  close(): Promise<void>;
};

const QUERY = "Q".charCodeAt(0);
const PARSE = "P".charCodeAt(0);
const BIND = "B".charCodeAt(0);
const EXECUTE = "E".charCodeAt(0);
const PLUMBING = /^\s*(?:begin|commit|rollback|select set_config\('app\.tenant')/i;

/** Stands between the portal and Postgres and reads the frontend's messages (PostgreSQL protocol 3). */
export async function startCountingProxy(databaseUrl: string): Promise<CountingProxy> {
  const target = new URL(databaseUrl);
  let counted = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = dial(Number(target.port || 5432), target.hostname);
    const read = createReader(() => {
      counted += 1;
    });
    near.on("data", (chunk) => read(chunk));
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => near.destroy()).on("close", () => far.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: url.href,
    take: () => {
      const taken = counted;
      counted = 0;
      return taken;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Reads a connection's messages, however they are cut; the first one has no type. */
function createReader(onStatement: () => void): (chunk: Buffer) => void {
  const onMessage = createCounter(onStatement);
  let started = false;
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const size = head + rest.readInt32BE(head);
      if (rest.length < size) return;
      if (started) onMessage(rest[0] ?? 0, rest.toString("utf8", 5, size));
      started = true;
      rest = rest.subarray(size);
    }
  };
}

/** A prepared statement is executed by its name: its words came with its parsing. */
function createCounter(onStatement: () => void): (type: number, body: string) => void {
  const statements = new Map<string, string>();
  let bound = "";
  return (type, body) => {
    const [first = "", second = ""] = body.split("\0");
    if (type === PARSE) statements.set(first, second);
    if (type === BIND) bound = statements.get(second) ?? "";
    if (type === QUERY && !PLUMBING.test(body)) onStatement();
    if (type === EXECUTE && !PLUMBING.test(bound)) onStatement();
  };
}
