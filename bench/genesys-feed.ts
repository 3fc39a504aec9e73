/**
 * Whether the feed of Genesys Cloud's conversations forwards each message exactly once, in order. First a thousand
 * messages over twenty conversations with every fault of the sandbox's organization on; then channel expiries, half
 * of them at the clock's own time and half all of a sudden, under traffic. Both listen over real sockets, once as
 * the widget and once as the server does; platform and listeners share one fast clock. Beside them, in the same run,
 * a listener that connects again and fetches nothing.
 *
 *   npm run bench genesys-feed [-- --quick]
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Organization, startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import { listenBare } from "./genesys-feed-bare.ts";
import { fastTime, type SharedTime } from "./genesys-feed-clock.ts";
import { AGENT, type Listener, listen, QUEUE, type Sent } from "./genesys-feed-listener.ts";
import { percentile, printReport, type Row, round } from "./report.ts";

/** Ten seconds of the platform's in one of ours: a half-open socket is found out after 75. */
const SPEED = 10;
const SETTLE_LIMIT_MS = 120_000;
const DAY_MS = 86_400_000;

type Plan = { conversations: number; messages: number; expiries: number };
type Stage = {
  organization: Organization;
  time: SharedTime;
  listeners: Listener[];
  sent: Sent;
  saidAt: Map<string, number>;
};

async function openStage(conversations: number, seed: number): Promise<Stage> {
  const time = fastTime(SPEED);
  const organization = await startOrganization({ clock: time.clock, seed });
  const sent: Sent = new Map();
  for (let count = 0; count < conversations; count += 1)
    sent.set(organization.start({ queueId: QUEUE, userId: AGENT?.id }).id, []);
  const feeds = (["widget", "server"] as const).map((kind) => listen(kind, organization, time));
  const listeners = [...feeds, listenBare(organization, time)];
  await until(() => listeners.every(({ ready }) => ready()));
  return { organization, time, listeners, sent, saidAt: new Map() };
}

async function closeStage({ organization, time, listeners }: Stage): Promise<void> {
  for (const { close } of listeners) close();
  time.stop();
  await organization.close();
}

async function until(reached: () => boolean): Promise<boolean> {
  const limit = performance.now() + SETTLE_LIMIT_MS;
  while (!reached() && performance.now() < limit) await sleep(20);
  return reached();
}

function say({ organization, time, sent, saidAt }: Stage, turn: number): void {
  const [id, messages] = [...sent][turn % sent.size] ?? [];
  if (!id || !messages) return;
  const messageId = organization.customerWrites(id, `Question ${turn}: where is my parcel?`);
  messages.push(messageId);
  saidAt.set(messageId, time.clock.now());
}

function allFaults({ faults }: Organization): void {
  faults.events({ duplicate: 0.3, outOfOrder: 0.3, unknownShape: 0.05 });
  faults.earlyFetch({ times: 2, rate: 0.2 });
  faults.add(
    { kind: "error", rate: 0.05, status: 502 },
    { kind: "error", rate: 0.03, status: 500 },
    { kind: "rate-limited", rate: 0.03, retryAfterSeconds: 2 },
    { kind: "unauthorized", rate: 0.01 },
    { kind: "slow", rate: 0.05, delayMs: 800 },
    { kind: "hang-up", rate: 0.02 },
    { kind: "hang-up", rate: 0.02, when: "after" },
  );
}

const STRIKES = [
  "cutSockets",
  "socketClosing",
  "halfOpen",
  "evictChannels",
  "revokeTokens",
  "expireTokens",
] as const;

/** A message every 0.6 s of the platform's time, below its 300 requests a minute, and an accident after each 25th. */
async function amidFaults(plan: Plan): Promise<{ rows: Row[]; detail: object }> {
  const stage = await openStage(plan.conversations, 11);
  const { organization, listeners, sent } = stage;
  allFaults(organization);
  const struck: Record<string, number> = {};
  const begun = performance.now();
  for (let turn = 0; turn < plan.messages; turn += 1) {
    say(stage, turn);
    if (turn % 25 === 24) {
      const strike = STRIKES[Math.floor(turn / 25) % STRIKES.length] ?? "cutSockets";
      organization.faults[strike]();
      struck[strike] = (struck[strike] ?? 0) + 1;
    }
    await sleep(60);
  }
  const sendingSeconds = round((performance.now() - begun) / 1_000, 1);
  const settled = await until(() => listeners.every((listener) => listener.has(sent)));
  // What comes twice would come now.
  await sleep(2_000);
  const rows = rowsOf("all faults", stage);
  const delaySeconds = delaysOf(stage);
  const figures = listeners.map(({ name, figures }) => ({ name, ...figures() }));
  await closeStage(stage);
  return { rows, detail: { settled, sendingSeconds, delaySeconds, struck, figures } };
}

/** Messages just before, at and just after each expiry. */
async function amidExpiries(plan: Plan): Promise<{ rows: Row[]; detail: object }> {
  const stage = await openStage(6, 23);
  const { organization, time, listeners, sent } = stage;
  const channelIds = () => new Set(organization.world.channels.all().map(({ id }) => id));
  const expired = { "by the clock": 0, "all of a sudden": 0 };
  let settled = true;
  for (let round = 0, turn = 0; round < plan.expiries; round += 1) {
    const before = channelIds();
    const kind = round % 2 === 0 ? "by the clock" : "all of a sudden";
    say(stage, turn++);
    say(stage, turn++);
    if (kind === "by the clock") time.jump(DAY_MS + 1_000);
    else organization.faults.expireChannels();
    say(stage, turn++);
    if ([...before].every((id) => !channelIds().has(id))) expired[kind] += 1;
    await sleep(round % 5);
    say(stage, turn++);
    await sleep(30);
    say(stage, turn++);
    settled = (await until(() => listeners.every((listener) => listener.has(sent)))) && settled;
  }
  const rows = rowsOf("channel expiries", stage);
  const figures = listeners.map(({ name, figures }) => ({ name, ...figures() }));
  await closeStage(stage);
  return { rows, detail: { settled, expired, figures } };
}

function rowsOf(under: string, { listeners, sent }: Stage): Row[] {
  return listeners.map((listener) => ({ under, listener: listener.name, ...listener.rowOf(sent) }));
}

/** From the writing to the forwarding, in the platform's time, accidents and all. */
function delaysOf({ listeners, saidAt }: Stage): object[] {
  return listeners.map(({ name, heardAt }) => {
    const delays = [...saidAt]
      .map(([id, at]) => (heardAt.get(id) ?? Number.NaN) - at)
      .filter((ms) => !Number.isNaN(ms));
    const seconds = (share: number) => round(percentile(delays, share) / 1_000, 1);
    return { name, p50: seconds(0.5), p99: seconds(0.99), worst: seconds(1) };
  });
}

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } }, strict: false });
const plan: Plan = values.quick
  ? { conversations: 20, messages: 200, expiries: 20 }
  : { conversations: 20, messages: 1_000, expiries: 120 };
const faults = await amidFaults(plan);
const expiries = await amidExpiries(plan);
const rows = [...faults.rows, ...expiries.rows];
printReport("genesys-feed", rows, { plan, faults: faults.detail, expiries: expiries.detail });
const ours = rows.filter(({ listener }) => listener !== "bare");
if (ours.some(({ lost, doubled, "out of order": late }) => lost !== 0 || doubled !== 0 || late !== 0))
  process.exitCode = 1;
process.exit();
