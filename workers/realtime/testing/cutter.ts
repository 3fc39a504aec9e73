import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export type Cutter = {
  url: string;
  /** Breaks every connection without a word, and says how many sides of one that was: 1 or 0. */
  cut(): number;
  close(): void;
};

/** A line between widgets and nodes that can be cut; each new connection goes to the next node. */
export async function startCutter(ports: readonly number[]): Promise<Cutter> {
  const sides = new Set<Socket>();
  let next = 0;
  const server = createServer((near) => {
    const far = connect(ports[next % ports.length] ?? 0, "127.0.0.1");
    next += 1;
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sides.add(one);
      one.pipe(other);
      one.on("error", () => {});
      one.on("close", () => {
        sides.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      const some = sides.size > 0 ? 1 : 0;
      for (const side of sides) side.destroy();
      return some;
    },
    close: () => {
      for (const side of sides) side.destroy();
      server.close();
    },
  };
}
