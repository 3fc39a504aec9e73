import { audiohookAddress, readDemoConnection } from "../../demo-connection.ts";
import type { AudioHookTarget } from "./voice.ts";

/** The AudioHook integration of the demo tenant, when the product was started here. */
export async function demoAudioHook(): Promise<AudioHookTarget | undefined> {
  const known = await readDemoConnection();
  if (!known) return undefined;
  const { connectionId, audiohookUrl, apiKey, clientSecret, organizationId } = known;
  return { url: audiohookAddress(audiohookUrl, connectionId), apiKey, clientSecret, organizationId };
}
