import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { recordingSource } from "./audio/audio-source.ts";
import { readWav } from "./audio/wav.ts";
import { audiohookAddress, DEMO_CONNECTION_FILE, readDemoConnection } from "./demo-connection.ts";
import { describeEvent, describeReport } from "./describe-call.ts";
import type { CallOptions } from "./genesys/call-options.ts";
import { demoAudioHook } from "./genesys/organization/demo-audiohook.ts";
import { startOrganization } from "./genesys/organization/start-organization.ts";
import { startCall } from "./genesys/start-call.ts";
import { SandboxError } from "./sandbox-error.ts";

const HELP = `Plays the Genesys side of AudioHook against a running server.

  npm run sandbox -- call FILE.wav [options]   stream a recording in real time
  npm run sandbox -- probe [options]           check the connection, without audio
  npm run sandbox -- organization [--port 3101] [--portal http://localhost:3000]
                                               play a Genesys Cloud organization until Ctrl+C
  npm run sandbox -- help

  --connection ID        the connection's id           --language en-US
  --api-key KEY          its API key                   --queue ID          told in customConfig
  --client-secret BASE64 its client secret             --speed 1           times faster than speech
  --organization UUID    the organization's id         --conversation UUID
  --audiohook ws://...   the server's address          --unsigned          leave the signature out
  --json                 one JSON line for each event  --wrong-signature   sign with another secret
  --cut-at SECONDS       tear the socket down          --pause-at SECONDS  pause for five seconds

What is left out comes from ${DEMO_CONNECTION_FILE}, which the seed writes.
WAV: PCM, float, A-law or mu-law, any rate; left is the customer, right the agent.`;

const OPTIONS = {
  connection: { type: "string" },
  "api-key": { type: "string" },
  "client-secret": { type: "string" },
  organization: { type: "string" },
  audiohook: { type: "string" },
  language: { type: "string", default: "en-US" },
  queue: { type: "string" },
  speed: { type: "string", default: "1" },
  conversation: { type: "string" },
  unsigned: { type: "boolean", default: false },
  "wrong-signature": { type: "boolean", default: false },
  "cut-at": { type: "string" },
  "pause-at": { type: "string" },
  json: { type: "boolean", default: false },
  port: { type: "string", default: "3101" },
  portal: { type: "string", default: "http://localhost:3000" },
  help: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof readArguments>["values"];

const PAUSE_MS = 5000;

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function run(): Promise<number> {
  const { values, positionals } = readArguments();
  const [command = "help", file] = positionals;
  if (values.help || command === "help") {
    console.log(HELP);
    return 0;
  }
  if (command === "organization") return await organization(values);
  if (command === "probe")
    return await place({ ...(await target(values)), probe: true, source: nothing() }, values);
  if (command !== "call") throw new SandboxError(`There is no command "${command}".\n\n${HELP}`);
  if (!file) throw new SandboxError("Name the recording to play: npm run sandbox -- call FILE.wav");
  return await place(
    { ...(await target(values)), source: recordingSource(readWav(await readBytes(file))) },
    values,
  );
}

async function organization({ port, portal }: Values): Promise<number> {
  const { url, close } = await startOrganization({
    port: positive("port", port),
    portalUrl: portal,
    audiohook: demoAudioHook,
    onError: (error) => console.error(error),
  });
  console.log(`Genesys organization: ${url}\nDesktop: ${url}/desktop\nValues: ${url}/_control/seed`);
  await new Promise((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  await close();
  return 0;
}

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new SandboxError(`${cause instanceof Error ? cause.message : cause}\n\n${HELP}`, 422, { cause });
  }
}

async function target(values: Values): Promise<Omit<CallOptions, "source">> {
  const known = await readDemoConnection();
  const connectionId = values.connection ?? known?.connectionId;
  const apiKey = values["api-key"] ?? known?.apiKey;
  const organizationId = values.organization ?? known?.organizationId;
  const base = values.audiohook ?? known?.audiohookUrl ?? "ws://localhost:3002";
  if (!connectionId || !apiKey || !organizationId) {
    throw new SandboxError(
      `There is no ${DEMO_CONNECTION_FILE}: start the product once (npm start), or give --connection, --api-key and --organization.`,
    );
  }
  return {
    url: audiohookAddress(base, connectionId),
    apiKey,
    organizationId,
    clientSecret: values["client-secret"] ?? known?.clientSecret,
    signing: values.unsigned ? "unsigned" : values["wrong-signature"] ? "wrong" : "signed",
    conversationId: values.conversation,
    language: values.language,
    speed: positive("speed", values.speed),
    ...(values.queue && { customConfig: { queueId: values.queue } }),
    ...(values["cut-at"] && { cutAtMs: positive("cut-at", values["cut-at"]) * 1000 }),
    ...(values["pause-at"] && {
      pauseAt: [{ atMs: positive("pause-at", values["pause-at"]) * 1000, forMs: PAUSE_MS }],
    }),
  };
}

async function place(options: CallOptions, { json }: Values): Promise<number> {
  const call = startCall({
    ...options,
    onEvent: (event) => {
      const line = json ? (event.type === "audio" ? undefined : JSON.stringify(event)) : describeEvent(event);
      if (line) console.log(line);
    },
  });
  process.once("SIGINT", () => call.hangUp());
  const report = await call.done;
  if (!json) console.log(describeReport(report));
  return report.outcome === "completed" && report.violations.length === 0 ? 0 : 1;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new SandboxError(`${path} cannot be opened.`, 422, { cause });
  }
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new SandboxError(`--${name} wants a number above 0, not "${text}".`);
  return value;
}

function nothing(): CallOptions["source"] {
  return { channels: [], take: () => undefined };
}
