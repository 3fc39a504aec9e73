import * as z from "zod";
import { type Connection, openSecret, readConnection } from "#/lib/integrations/find-connection.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { desktopAddress } from "./desktops.ts";
import { askSandbox } from "./sandbox-client.ts";

const subscriptionSchema = z.object({ key: z.uuid() });

/** A desktop's address, once its platform knows the connection's secrets: they go from server to server. */
export async function prepareDesktop(tenantId: string, connectionId: string): Promise<string> {
  const known = z.uuid().safeParse(connectionId).success;
  const connection = known ? await readConnection(database(), tenantId, connectionId) : undefined;
  const address = connection?.active ? desktopAddress(connection) : undefined;
  if (!connection || !address)
    throw new AppError("not_found", "The sandbox plays no desktop for this connection.");
  if (connection.platform === "five9") return await withSubscription(connection, address);
  if (connection.platform === "salesforce") await handOverSecret(connection, address);
  return address.href;
}

/** The voice stream subscription, which Five9 makes with its customer. */
async function withSubscription(connection: Connection, address: URL): Promise<string> {
  const { VOICESTREAM_ADDRESS: voiceAddress, INGEST_URL } = webEnv();
  const trustToken = openSecret(connection, "trustToken", keyRing());
  const apiKey = openSecret(connection, "apiKey", keyRing());
  if (connection.settings.voice === false || !trustToken || !apiKey) return address.href;
  const url = `${INGEST_URL.replace(/\/+$/, "")}/ingest/five9/${connection.publicId}`;
  const json = { voiceAddress, trustToken, events: { url, apiKey } };
  const { key } = await askSandbox(
    { path: "/_control/subscription", json, origin: address.origin },
    subscriptionSchema,
  );
  address.searchParams.set("subscription", key);
  return address.href;
}

/** The exchange secret, which a Salesforce admin enters into the org's external credential. */
async function handOverSecret(connection: Connection, address: URL): Promise<void> {
  const exchangeSecret = openSecret(connection, "exchangeSecret", keyRing());
  if (!exchangeSecret) return;
  const json = { exchangeSecret, portalUrl: webEnv().PORTAL_URL };
  await askSandbox({ path: "/_control/settings", json, origin: address.origin }, z.unknown());
}
