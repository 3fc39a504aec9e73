import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CheckContext, CheckStep } from "#/lib/connectors/connector.ts";
import type { IngestAnswer } from "#/lib/connectors/ingest.ts";
import type { PlatformAccess } from "#/lib/connectors/platform-access.ts";
import { DEMO_AGENT, DEMO_BUCKET, DEMO_PROJECT, DEMO_TOPIC } from "#/sandbox/google-ccai/people.ts";
import { type GoogleProject, startGoogleProject } from "#/sandbox/google-ccai/start-project.ts";
import { credentials, type GoogleCredentials } from "../credentials.ts";
import { googleCcai } from "../index.ts";
import { ingestSide } from "../ingest.ts";

export type GoogleWorld = Awaited<ReturnType<typeof googleWorld>>;

let worlds = 0;

/** A Google project of the sandbox, and a connection to it with a door of its own. */
export async function googleWorld(settings: Record<string, unknown> = {}) {
  const project: GoogleProject = await startGoogleProject();
  worlds += 1;
  const access: PlatformAccess = {
    connectionId: `connection-${process.pid}-${worlds}`,
    fetch,
    now: Date.now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, Math.min(ms, 5));
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      }),
    quota: () => {},
    sandboxes: { "google-ccai": project.url },
  };
  const values: Record<string, unknown> = {
    cloud: "sandbox",
    projectId: DEMO_PROJECT,
    serviceAccountKey: project.keyFile,
    topic: DEMO_TOPIC,
    location: "us-central1",
    dialogflowAgent: DEMO_AGENT,
    insightsBucket: DEMO_BUCKET,
    ...settings,
  };
  const own = (): GoogleCredentials => credentials.parse(values);
  const door = await startDoor(own, access);
  const context: CheckContext = {
    access,
    learn: async (facts) => void Object.assign(values, facts),
    audiohookUrl: "ws://localhost",
    ingestUrl: door.url,
    publicId: "public-1",
    lastEventAt: undefined,
    now: Date.now,
  };
  return {
    ...project,
    access,
    values,
    own,
    door,
    async check(): Promise<CheckStep[]> {
      const steps: CheckStep[] = [];
      for await (const step of googleCcai.check(own(), context, AbortSignal.timeout(10_000)))
        steps.push(step);
      return steps;
    },
    async close() {
      await project.close();
      await new Promise((resolve) => door.server.close(resolve));
    },
  };
}

type Door = {
  url: string;
  server: Server;
  answers: IngestAnswer[];
  taken: Map<string, unknown>;
  failing: boolean;
};

/** Stands for the ingest process: stores by message id, and answers 503 while it cannot. */
async function startDoor(own: () => GoogleCredentials, access: PlatformAccess): Promise<Door> {
  const door: Door = { url: "", server: createServer(), answers: [], taken: new Map(), failing: false };
  door.server.on("request", async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const answer = await ingestSide.receive(
      own(),
      {
        method: "POST",
        rest: "",
        query: new URLSearchParams(),
        headers: request.headers,
        body: Buffer.concat(parts),
        receivedAt: Date.now(),
      },
      access,
    );
    door.answers.push(answer);
    if (door.failing) return response.writeHead(503).end();
    for (const { messageId, payload } of answer.deliveries ?? []) door.taken.set(messageId, payload);
    return response.writeHead(answer.status).end();
  });
  await new Promise<void>((resolve) => door.server.listen(0, "127.0.0.1", resolve));
  door.url = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
  return door;
}
