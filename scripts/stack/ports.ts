import { createServer, type Server } from "node:net";
import { SetupError } from "./report.ts";
import { PORTS, type PortName, type Settings } from "./settings.ts";

/** Fails with a sentence for each wanted port that somebody else has. */
export async function checkPorts(settings: Settings, names: readonly PortName[]): Promise<void> {
  const sentences: string[] = [];
  const owners = new Map<number, PortName>();
  for (const name of names) {
    const port = settings.ports[name];
    const { variable, label } = PORTS[name];
    const other = owners.get(port);
    if (other) {
      sentences.push(
        `Port ${port} is wanted by both ${PORTS[other].label} and ${label}: set ${variable} to another.`,
      );
    } else if (!(await isFree(port, settings.host))) {
      sentences.push(
        `Port ${port} for ${label} is already taken: stop what uses it, or choose another with ${variable}=${port + 10}.`,
      );
    }
    owners.set(port, name);
  }
  if (sentences.length > 0) throw new SetupError(sentences.join("\n"));
}

/** As many free ports as asked for, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0, "127.0.0.1")));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

async function isFree(port: number, host: string): Promise<boolean> {
  try {
    const server = await listen(port, host);
    await new Promise((done) => server.close(done));
    return true;
  } catch {
    return false;
  }
}

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}
