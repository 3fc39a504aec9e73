import { createDeepgramEngine } from "../deepgram/deepgram-engine.ts";
import { pinAddresses } from "../pinned-address.ts";
import type { SpeechEngine } from "../speech-engine.ts";
import { listenTo, until } from "./listening.ts";
import { localDeepgram } from "./local-deepgram.ts";

type Changes = NonNullable<Parameters<typeof createDeepgramEngine>[2]>;

const RETRY = { firstMs: 5, longestMs: 20, refusedMs: 20 };

/** A local server of the service, engines that reach it (or must not), and streams with their connections. */
export async function aService() {
  const server = await localDeepgram();
  const engines: SpeechEngine[] = [];

  function engine(changes: Changes = {}, allowedHosts = server.host): SpeechEngine {
    const { key: apiKey, endpoint } = server;
    const options = { apiKey, endpoint, model: "nova-3", languages: ["en-US", "es"] };
    const made = createDeepgramEngine(
      { ...options, endpointingMs: 300, utteranceEndMs: 1000 },
      pinAddresses(allowedHosts),
      { retry: RETRY, ...changes },
    );
    engines.push(made);
    return made;
  }

  /** The connection that follows `count` others. */
  async function connectionAfter(count: number) {
    await until(() => server.connections.length === count + 1);
    const connection = server.connections[count];
    if (!connection) throw new Error("no connection");
    return connection;
  }

  async function call(changes: Changes = {}, language?: string) {
    const heard = listenTo(engine(changes), language);
    await until(() => heard.ready.length === 1);
    return { ...heard, connection: await connectionAfter(0) };
  }

  async function close() {
    await Promise.all(engines.map((made) => made.close()));
    await server.close();
  }

  return { server, engine, call, connectionAfter, close };
}
