import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as z from "zod";
import { SandboxError } from "./sandbox-error.ts";

/** Where the seed leaves the demo tenant's AudioHook connection for calls from a shell. */
export const DEMO_CONNECTION_FILE = ".omnibots/demo-connection.json";

const demoConnectionSchema = z.object({
  connectionId: z.string().min(1),
  apiKey: z.string().min(1),
  clientSecret: z.string().default(""),
  organizationId: z.string().min(1),
  audiohookUrl: z.string().min(1),
});

export type DemoConnection = z.output<typeof demoConnectionSchema>;

export function demoConnectionPath(dataDir: string | undefined): string {
  return resolve(import.meta.dirname, "..", dataDir || ".omnibots", "demo-connection.json");
}

/** The demo connection, or nothing when the product was never started here. */
export async function readDemoConnection(
  path = demoConnectionPath(process.env.DATA_DIR),
): Promise<DemoConnection | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return undefined;
  }
  try {
    return demoConnectionSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SandboxError(
      `${path} cannot be read as a connection; start the product again to renew it.`,
      422,
      {
        cause,
      },
    );
  }
}

/** The socket's address: a server's address gets the connection's path, a complete one stays. */
export function audiohookAddress(base: string, connectionId: string): string {
  const url = URL.parse(base);
  if (!url) throw new SandboxError(`"${base}" is not an AudioHook address.`);
  if (url.pathname === "/" || url.pathname === "") url.pathname = `/audiohook/${connectionId}`;
  return url.href;
}
