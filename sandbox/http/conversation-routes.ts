import { randomUUID } from "node:crypto";
import type { Recording } from "../audio/wav.ts";
import { readWav, writeWav } from "../audio/wav.ts";
import {
  type CallRequest,
  type ChatRequest,
  callRequestSchema,
  chatRequestSchema,
  conversationContext,
  widgetUrl,
} from "../conversation-request.ts";
import { readDemoCall, readDemoChat } from "../demo-content.ts";
import type { SandboxEnv } from "../env.ts";
import { createExpiringStore } from "../expiring-store.ts";
import { createSandboxCall, type SandboxCall } from "../sandbox-call.ts";
import { SandboxError } from "../sandbox-error.ts";
import { type Reply, type Route, type RouteRequest, readBody, readJson } from "./router.ts";

const MINUTE_MS = 60_000;
const MAX_WAV_BYTES = 50_000_000;
const MAX_JSON_BYTES = 70_000_000;
const MAX_AUDIO_MS = 60 * MINUTE_MS;

type Options = { env: SandboxEnv; ringMs: number };

export type Conversations = {
  routes: Route[];
  call(id: string): SandboxCall;
  /** Hangs up whatever still runs, and waits for the agreed ends. */
  drain(): Promise<void>;
};

/** Calls, chats and uploads: what the portal starts and the host page steers. */
export function createConversations({ env, ringMs }: Options): Conversations {
  const calls = createExpiringStore<SandboxCall>({ what: "call", keepMs: 120 * MINUTE_MS, atMost: 200 });
  const chats = createExpiringStore<{ request: ChatRequest; conversationId: string }>({
    what: "chat",
    keepMs: 240 * MINUTE_MS,
    atMost: 200,
  });
  const uploads = createExpiringStore<Recording>({ what: "upload", keepMs: 10 * MINUTE_MS, atMost: 4 });
  const hostPage = (query: string) => new URL(`/host?${query}`, env.SANDBOX_URL).href;

  const startCall = async ({ raw }: RouteRequest): Promise<Reply> => {
    const request = await readJson(raw, callRequestSchema, MAX_JSON_BYTES);
    const recording = recordingOf(request, (id) => uploads.get(id));
    const call = createSandboxCall({ request, recording, audiohookUrl: env.AUDIOHOOK_URL, ringMs });
    const callId = calls.add(call);
    const { conversationId } = call;
    return { status: 201, body: { callId, conversationId, hostPage: hostPage(`call=${callId}`) } };
  };

  const startChat = async ({ raw }: RouteRequest): Promise<Reply> => {
    const request = await readJson(raw, chatRequestSchema, MAX_JSON_BYTES);
    const conversationId = randomUUID();
    const chatId = chats.add({ request, conversationId });
    return { status: 201, body: { chatId, conversationId, hostPage: hostPage(`chat=${chatId}`) } };
  };

  const viewCall = (id: string): Reply => {
    const call = calls.get(id);
    return { body: { ...introduce(env, call, "voice"), ...call.view() } };
  };
  const act = (name: "answer" | "pause" | "resume" | "hangUp") => (request: RouteRequest) => {
    const id = idOf(request);
    calls.get(id)[name]();
    return viewCall(id);
  };
  const post = (path: RegExp, access: Route["access"], answer: Route["answer"]): Route => ({
    method: "POST",
    path,
    access,
    answer,
  });
  const get = (path: RegExp, answer: Route["answer"]): Route => ({
    method: "GET",
    path,
    access: "id",
    answer,
  });

  return {
    call: calls.get,
    async drain() {
      const running = calls.all().filter((call) => call.view().state !== "ended");
      for (const call of running) call.hangUp();
      await Promise.all(running.map((call) => call.done));
    },
    routes: [
      post(/^\/api\/calls$/, "portal", startCall),
      post(/^\/api\/chats$/, "portal", startChat),
      post(/^\/api\/uploads$/, "portal", async ({ raw }) => {
        const recording = readUpload(await readBody(raw, MAX_WAV_BYTES));
        return { status: 201, body: { uploadId: uploads.add(recording), ...describeRecording(recording) } };
      }),
      get(/^\/api\/calls\/(?<id>[\w-]+)$/, (request) => viewCall(idOf(request))),
      get(/^\/api\/calls\/(?<id>[\w-]+)\/audio$/, (request) => audioOf(calls.get(idOf(request)))),
      post(/^\/api\/calls\/(?<id>[\w-]+)\/answer$/, "id", act("answer")),
      post(/^\/api\/calls\/(?<id>[\w-]+)\/pause$/, "id", act("pause")),
      post(/^\/api\/calls\/(?<id>[\w-]+)\/resume$/, "id", act("resume")),
      post(/^\/api\/calls\/(?<id>[\w-]+)\/hangup$/, "id", act("hangUp")),
      get(/^\/api\/chats\/(?<id>[\w-]+)$/, (request) => ({
        body: { ...introduce(env, chats.get(idOf(request)), "chat"), script: readDemoChat() },
      })),
    ],
  };
}

/** What the host page needs to frame the widget and to introduce the conversation to it. */
function introduce(
  env: SandboxEnv,
  { request, conversationId }: { request: ChatRequest; conversationId: string },
  channel: "voice" | "chat",
) {
  return {
    context: conversationContext(request, conversationId, channel),
    widgetUrl: widgetUrl(env.PORTAL_URL, request, conversationId),
    portalOrigin: new URL(env.PORTAL_URL).origin,
    language: request.language,
  };
}

function recordingOf(request: CallRequest, upload: (id: string) => Recording): Recording | undefined {
  if (request.source === "microphone") return undefined;
  if (request.source !== "upload") return readDemoCall(request.source);
  if (request.uploadId) return upload(request.uploadId);
  return readUpload(Buffer.from(request.wavBase64 ?? "", "base64"));
}

function readUpload(bytes: Uint8Array): Recording {
  const recording = readWav(bytes);
  if (describeRecording(recording).durationMs > MAX_AUDIO_MS) {
    throw new SandboxError("The recording is longer than an hour.");
  }
  return recording;
}

function describeRecording({ rate, channels }: Recording) {
  const durationMs = Math.round(((channels[0]?.length ?? 0) * 1000) / rate);
  return { durationMs, rate, channels: channels.length };
}

function audioOf({ recording }: SandboxCall): Reply {
  if (!recording) throw new SandboxError("A microphone call has no recording.", 404);
  return { body: writeWav(recording), headers: { "content-type": "audio/wav" } };
}

function idOf({ params }: RouteRequest): string {
  return params.id ?? "";
}
