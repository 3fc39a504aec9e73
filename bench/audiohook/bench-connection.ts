import { randomBytes } from "node:crypto";
import { demoConnectionPath, readDemoConnection } from "#/sandbox/demo-connection.ts";
import type { ConnectOptions } from "#/sandbox/genesys/connect.ts";

export type GivenConnection = {
  publicId: string;
  apiKey: string;
  clientSecret: string;
  organizationId: string;
};

/** The demo tenant's connection, whose keys the seed left beside the data. */
export async function demoConnection(): Promise<GivenConnection> {
  const path = demoConnectionPath(process.env.DATA_DIR);
  const found = await readDemoConnection(path);
  if (!found) throw new Error(`${path} is missing: run this benchmark with "npm run bench".`);
  const { connectionId, ...keys } = found;
  return { publicId: connectionId, ...keys };
}

/** A connection for a server that asks no database. */
export function madeUpConnection(): GivenConnection {
  return {
    publicId: "bench",
    apiKey: randomBytes(24).toString("base64"),
    clientSecret: randomBytes(32).toString("base64"),
    organizationId: "d7934305-0972-4844-938e-9060eef73d05",
  };
}

export function callOptions(connection: GivenConnection, port: number): ConnectOptions {
  const { publicId, apiKey, clientSecret, organizationId } = connection;
  return { url: `ws://127.0.0.1:${port}/audiohook/${publicId}`, apiKey, clientSecret, organizationId };
}
