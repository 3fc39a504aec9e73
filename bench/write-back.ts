/**
 * Fifty messages of agents to the simulated Genesys Cloud, each clicked twice and in two tabs at once, while the
 * platform answers 5xx or hangs up before and after the message took effect, the line to our server is cut, and
 * pages die between the leave to send and the sending. The product's own link, performing and Genesys provider run
 * against a real server and database; a person retries what failed, and looks before confirming what is unsure.
 *
 *   npm run bench write-back
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { WriteView } from "#/components/widget/desk-view.ts";
import { createGenesysClient } from "#/lib/connectors/genesys/api/genesys-client.ts";
import { hostsOf } from "#/lib/connectors/genesys/api/hosts.ts";
import { genesysWriteBack } from "#/lib/connectors/genesys/widget/write-back.ts";
import type { PlatformAccess } from "#/lib/connectors/platform-access.ts";
import type { WriteBack } from "#/lib/connectors/widget-provider.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { DEMO_USERS } from "#/sandbox/genesys/organization/demo-organization.ts";
import { type Organization, startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import { freePorts } from "#/scripts/stack/ports.ts";
import { type Cutter, startCutter } from "#/workers/realtime/testing/cutter.ts";
import { type DemoTenant, openDemoTenant } from "./demo-tenant.ts";
import { startWorker } from "./faults/worker-process.ts";
import { percentile, printReport, type Row, required, round } from "./report.ts";
import { type DeskTab, openTab } from "./write-back/desk-tab.ts";

const TALKS = 10;
const ROUNDS_OF_A_PERSON = 8;
const RESUME_AFTER_MS = 32_000;
const CLICK_AGAIN_AFTER_MS = 12_000;
const CUT_EVERY_MS = 1_500;

/** What goes wrong with a talk's first message, its second, and so on; it strikes the first attempt. */
const FAULTS = [
  "nothing",
  "503 before",
  "502 after",
  "hang-up after",
  "the page dies",
  "hang-up before",
] as const;
type Fault = (typeof FAULTS)[number];

type Sent = { text: string; writeId: string; fault: Fault; end: string; ms: number; retries: number };

function platformOf(organization: Organization, userId: string): WriteBack {
  const access: PlatformAccess = {
    connectionId: "bench",
    fetch,
    now: Date.now,
    wait: (ms, signal) => sleep(ms, undefined, { signal }).then(() => undefined),
    quota: () => undefined,
    sandboxes: { genesys: organization.url },
  };
  const token = organization.agentToken(userId).value;
  const hosts = hostsOf("sandbox", access.sandboxes);
  const client = createGenesysClient({ hosts, token: async () => token, access });
  return genesysWriteBack({ client, userId: () => userId, onSent: () => undefined });
}

function arm(organization: Organization, conversationId: string, fault: Fault, tabs: readonly DeskTab[]) {
  const path = `/api/v2/conversations/messages/${conversationId}/communications/`;
  const rule = { method: "POST", path, times: 1 };
  const when = fault.endsWith("after") ? ("after" as const) : ("before" as const);
  const shared = { armed: true };
  if (fault === "the page dies") for (const tab of tabs) tab.doom(shared);
  else if (fault.startsWith("hang-up")) organization.faults.add({ ...rule, when, kind: "hang-up" });
  else if (fault !== "nothing")
    organization.faults.add({ ...rule, when, kind: "error", status: Number(fault.slice(0, 3)) });
}

const arrivedOf = (organization: Organization, text: string) =>
  organization.sent().filter((message) => message.text === text).length;

type After = Parameters<DeskTab["click"]>[0]["after"];

/** What a person, or a widget that looks after what was left, does next; undefined while there is nothing to do. */
function nextStep(write: WriteView | undefined, waitedMs: number): { after: After } | undefined {
  if (!write) return waitedMs > CLICK_AGAIN_AFTER_MS ? { after: undefined } : undefined;
  const { attempt, state } = write;
  if (state === "failed") return { after: { attempt, how: "retry" } };
  if (state === "unconfirmed") return { after: { attempt, how: "confirmed" } };
  return waitedMs > RESUME_AFTER_MS ? { after: { attempt, how: "resume" } } : undefined;
}

/** Clicks wildly, then does what a person would until nothing is left to do. */
async function sendOne(
  { organization, tabs }: { organization: Organization; tabs: readonly DeskTab[] },
  { text, writeId }: Pick<Sent, "text" | "writeId">,
): Promise<Pick<Sent, "end" | "ms" | "retries">> {
  const begun = Date.now();
  let retries = 0;
  const everywhere = (after?: After) => {
    for (const tab of [...tabs, ...tabs])
      void tab.click({ writeId, intent: { kind: "message", text }, after }).catch(() => undefined);
  };
  const known = () => tabs.map((tab) => tab.writeOf(writeId)).find((write) => write !== undefined);
  const ended = (end: string) => ({ end, ms: Date.now() - begun, retries });
  everywhere();
  for (let clickedAt = Date.now(); retries < ROUNDS_OF_A_PERSON; await sleep(50)) {
    const write = known();
    if (write?.state === "sent") return ended("sent");
    if (write?.state === "unconfirmed" && arrivedOf(organization, text) > 0)
      return ended("seen by the person");
    const step = nextStep(write, Date.now() - clickedAt);
    if (!step) continue;
    everywhere(step.after);
    retries += 1;
    clickedAt = Date.now();
    await sleep(500);
  }
  return ended(known()?.state ?? "silently lost");
}

type World = { tenant: DemoTenant; organization: Organization; url: string };

async function talk({ tenant, organization, url }: World, number: number): Promise<Sent[]> {
  const user = DEMO_USERS[0];
  if (!user) throw new Error("The organization has no agents.");
  const { id: conversationId } = organization.start({ userId: user.id, text: "Hello" });
  const { tenantId, connectionId } = tenant.place;
  await tenant.sql`
    INSERT INTO conversations (tenant_id, connection_id, platform_conversation_id, started_at)
    VALUES (${tenantId}, ${connectionId}, ${conversationId}, now())`;
  const tokens = createWidgetTokens(required("WIDGET_TOKEN_SECRET"), Date.now);
  const reach = { url, tokens, platform: platformOf(organization, user.id) };
  const tabs = [
    await openTab(tenant.place, conversationId, reach),
    await openTab(tenant.place, conversationId, reach),
  ];
  const all: Sent[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const fault = FAULTS[(number + turn) % FAULTS.length] ?? "nothing";
    const one = { text: `Answer ${number}.${turn} ${randomUUID()}`, writeId: randomUUID() };
    arm(organization, conversationId, fault, tabs);
    all.push({ ...one, fault, ...(await sendOne({ organization, tabs }, one)) });
  }
  for (const tab of tabs) tab.close();
  return all;
}

async function rowsOf({ tenant, organization }: World, all: readonly Sent[]): Promise<Row[]> {
  const stored = await tenant.sql<{ id: string; state: string }[]>`
    SELECT id, state FROM write_backs WHERE id = ANY (${all.map(({ writeId }) => writeId)}::uuid[])`;
  const stateOf = new Map(stored.map(({ id, state }) => [id, state]));
  return FAULTS.map((fault) => {
    const sent = all.filter((each) => each.fault === fault);
    const arrived = sent.map(({ text }) => arrivedOf(organization, text));
    const lost = sent.filter(
      ({ text, writeId, end }) =>
        end === "silently lost" ||
        (stateOf.get(writeId) === "sent") !== (arrivedOf(organization, text) > 0 && end === "sent"),
    );
    return {
      fault,
      messages: sent.length,
      arrived: arrived.filter((count) => count === 1).length,
      twice: arrived.filter((count) => count > 1).length,
      "said wrongly or lost": lost.length,
      "tried again": sent.reduce((sum, { retries }) => sum + retries, 0),
      "p50 ms": round(
        percentile(
          sent.map(({ ms }) => ms),
          0.5,
        ),
      ),
    };
  });
}

async function run(): Promise<void> {
  const tenant = await openDemoTenant();
  const [port = 0] = await freePorts(1);
  const node = await startWorker(
    "workers/realtime/main.ts",
    { REALTIME_PORT: String(port) },
    `http://127.0.0.1:${port}/readyz`,
  );
  const cutter: Cutter = await startCutter([port]);
  const organization = await startOrganization();
  const world = { tenant, organization, url: cutter.url };
  let cuts = 0;
  const cutting = setInterval(() => {
    cuts += cutter.cut();
  }, CUT_EVERY_MS);
  const all = (await Promise.all(Array.from({ length: TALKS }, (_, number) => talk(world, number)))).flat();
  clearInterval(cutting);
  const ends = Object.groupBy(all, ({ end }) => end);
  printReport("write-back", await rowsOf(world, all), {
    messages: all.length,
    cuts,
    ends: Object.fromEntries(Object.entries(ends).map(([end, of]) => [end, of?.length ?? 0])),
  });
  cutter.close();
  await organization.close();
  await node.stop();
  await tenant.close();
}

await run();
