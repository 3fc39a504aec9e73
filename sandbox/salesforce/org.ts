import { EventEmitter } from "node:events";
import { SandboxError } from "../sandbox-error.ts";

export type Person = { id: string; name: string };
export type Queue = { id: string; name: string; routingConfiguration: Person };
export type Line = { type: "END_USER" | "AGENT"; content: string; name: string; timestamp: number };
export type Session = {
  id: string;
  customer: string;
  queue: Queue;
  agent: Person | undefined;
  status: "Waiting" | "Active" | "Ended";
  lines: Line[];
  summary: string;
};

/** What goes wrong next, each counted down as it happens; the rates are from 0 to 1. */
export type Faults = {
  sends: number;
  saves: number;
  logs: number;
  apex: number;
  oauth: "none" | "invalid_client_id" | "invalid_client" | "invalid_grant" | "unsupported_grant_type";
  duplicateEvents: number;
  /** The log's times differ from the events' by so much. */
  logSkewMs: number;
};

export type Settings = {
  orgId: string;
  orgName: string;
  consumerKey: string;
  consumerSecret: string;
  /** What an admin has entered into the External Credential. */
  exchangeSecret: string;
  portalUrl: string;
};

/** What a page of the console hears. */
export type OrgEvent =
  | { kind: "line"; recordId: string; line: Line }
  | { kind: "accepted"; recordId: string }
  | { kind: "ended"; recordId: string };

export type Org = ReturnType<typeof createOrg>;

const NO_FAULTS: Faults = {
  sends: 0,
  saves: 0,
  logs: 0,
  apex: 0,
  oauth: "none",
  duplicateEvents: 0,
  logSkewMs: 0,
};

const configuration = { id: "0K95g000000Conf", name: "Least active first" };
const QUEUES: readonly [Queue, ...Queue[]] = [
  { id: "00G5g000001Deli", name: "Delivery", routingConfiguration: configuration },
  { id: "00G5g000001Paym", name: "Payments", routingConfiguration: configuration },
];
const USERS: readonly Person[] = [
  { id: "0055g000004AdaA", name: "Ada Agent" },
  { id: "0055g000004BenA", name: "Ben Agent" },
];

type Parts = { events: EventEmitter<{ event: [OrgEvent] }>; faults(): Faults; now(): number };

/** One org's people, queues and messaging sessions, in memory. */
export function createOrg(given: Settings, now: () => number) {
  const events = new EventEmitter<{ event: [OrgEvent] }>().setMaxListeners(0);
  let faults = { ...NO_FAULTS };
  const { clear, ...sessions } = createSessions({ events, now, faults: () => faults });
  return {
    ...sessions,
    settings: { ...given },
    users: USERS,
    queues: QUEUES,
    events,
    faults: () => faults,
    setFaults: (change: Partial<Faults>) => {
      faults = { ...faults, ...change };
    },
    /** Takes one of a counted fault, if any is left. */
    strikes(fault: "sends" | "saves" | "logs" | "apex"): boolean {
      if (faults[fault] <= 0) return false;
      faults[fault] -= 1;
      return true;
    },
    reset(): void {
      clear();
      faults = { ...NO_FAULTS };
    },
  };
}

type NewSession = { queueId?: string | undefined; customer?: string | undefined; text?: string | undefined };

function createSessions({ events, faults, now }: Parts) {
  const sessions = new Map<string, Session>();
  let made = 0;
  let latest = 0;

  const find = (id: string): Session => {
    const session = [...sessions.values()].find((one) => one.id.slice(0, 15) === id.slice(0, 15));
    if (session) return session;
    throw new SandboxError("There is no such messaging session.", 404);
  };
  const write = (session: Session, type: Line["type"], content: string, name: string): Line => {
    latest = Math.max(now(), latest + 1);
    const line: Line = { type, content, name, timestamp: latest };
    session.lines.push(line);
    const event: OrgEvent = { kind: "line", recordId: session.id, line };
    events.emit("event", event);
    if (Math.random() < faults().duplicateEvents) events.emit("event", event);
    return line;
  };

  return {
    find,
    clear: () => sessions.clear(),
    sessions: () => [...sessions.values()],
    startSession({ queueId, customer = "Eva Customer", text }: NewSession): Session {
      made += 1;
      const [first] = QUEUES;
      const queue = QUEUES.find(({ id }) => id === queueId) ?? first;
      const id = recordId(`${Date.now().toString(36)}${made.toString(36).padStart(3, "0")}`);
      const session: Session = {
        id,
        customer,
        queue,
        agent: undefined,
        status: "Waiting",
        lines: [],
        summary: "",
      };
      sessions.set(id, session);
      if (text) write(session, "END_USER", text, customer);
      return session;
    },
    accept(id: string, userId: string): Session {
      const session = find(id);
      const agent = USERS.find((user) => user.id === userId);
      if (!agent) throw new SandboxError("There is no such user.", 404);
      Object.assign(session, { agent, status: "Active" });
      events.emit("event", { kind: "accepted", recordId: session.id });
      return session;
    },
    customerWrites(id: string, text: string): Line {
      const session = find(id);
      return write(session, "END_USER", text, session.customer);
    },
    agentWrites(id: string, text: string): Line {
      const session = find(id);
      if (session.status !== "Active") throw new SandboxError("The session is not active.", 409);
      return write(session, "AGENT", text, session.agent?.name ?? "Agent");
    },
    end(id: string): Session {
      const session = find(id);
      session.status = "Ended";
      events.emit("event", { kind: "ended", recordId: session.id });
      return session;
    },
    saveSummary(id: string, text: string): void {
      find(id).summary = text;
    },
  };
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** An id in the platform's form: prefix 0Mw, 15 characters, and three that say which letters are capitals. */
function recordId(unique: string): string {
  const short = `0Mw${unique.slice(-12).padStart(12, "0")}`;
  const suffix = [0, 5, 10].map((from) =>
    [...short.slice(from, from + 5)].reduce(
      (sum, letter, place) => sum + (/[A-Z]/.test(letter) ? 2 ** place : 0),
      0,
    ),
  );
  return short + suffix.map((bits) => LETTERS[bits]).join("");
}
