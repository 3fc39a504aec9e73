/**
 * One messaging session as the widget needs it. Everything of the platform is passed in, so that this runs the same
 * in the console and in a test. What goes between it and the Visualforce page are plain records on one channel:
 * `{recordId, to, from, type, body}`, `body` being JSON.
 */
import { createLedger, momentOf, readMessage } from "./ledger";

const TO_PAGE = "page";
const TO_COMPONENT = "component";
/** The conversation component may load after this one; the log is asked for again in these steps. */
const LOG_AGAIN_MS = [500, 1000, 2000, 4000, 8000];
/** Live messages wait this many failed reads for the log, then go on without it. */
const PATIENT_READS = 3;
const RESULTS_KEPT = 100;
/** An answer from the wrong knowledge base is worse than one that comes a moment later. */
const QUEUE_WITHIN_MS = 1500;
const NOT_POSSIBLE = "This record page cannot do that.";

/**
 * `ports`: recordId, instance, publish(record), readLog(), sendText(text), insertText(text), saveSummary(text),
 * describe(), wait(ms), now(), counts.
 */
export function createConversation(ports) {
  const { recordId, instance } = ports;
  const ledger = createLedger(ports.counts);
  const told = [];
  const results = new Map();
  const early = [];
  let logRead = false;
  let logMissing = false;
  let closed = false;
  let described;
  let ended;

  const say = (type, body = {}) => {
    if (closed) return;
    ports.publish({ recordId, to: TO_PAGE, from: instance, type, body: JSON.stringify(body) });
  };
  const forward = (message) => {
    if (!message) return;
    const { id, from, text, at } = message;
    const body = { messageId: id, from, text, ...(at && { at: new Date(at).toISOString() }) };
    told.push(body);
    say("message", body);
  };

  const readLog = async () => {
    const { messages } = await ports.readLog();
    for (const message of ledger.takeLog(messages ?? [])) forward(message);
    logRead = true;
    logMissing = false;
    for (const message of early.splice(0)) forward(ledger.takeLive(message));
  };
  const fillIn = async () => {
    for (let reads = 0; !closed; reads += 1) {
      try {
        return await readLog();
      } catch {
        if (reads + 1 === PATIENT_READS) goOnWithoutLog();
        if (reads === LOG_AGAIN_MS.length) return undefined;
        await ports.wait(LOG_AGAIN_MS[reads]);
      }
    }
    return undefined;
  };
  const goOnWithoutLog = () => {
    logMissing = true;
    for (const message of early.splice(0)) forward(ledger.nameByMoment(message));
  };

  const tellContext = async (routing) => {
    described = { ...(await ports.describe().catch(() => ({}))), ...routing };
    say("context", described);
  };

  const performed = async ({ what, text, since }) => {
    switch (what) {
      case "send":
        await ports.sendText(text);
        // The platform may tell of our own message only in its log.
        void ports.wait(1000).then(() => readLog().catch(() => {}));
        return true;
      case "insert":
        await ports.insertText(text);
        return true;
      case "save":
        await ports.saveSummary(text);
        return true;
      case "find":
        return find(text, since);
      default:
        throw new Error(NOT_POSSIBLE);
    }
  };
  const find = async (text, since) => {
    const { messages } = await ports.readLog();
    const wanted = plain(text);
    const found = (messages ?? [])
      .map(readMessage)
      .filter((message) => message && message.from === "agent" && plain(message.text) === wanted)
      .find(({ at }) => at === undefined || at >= since - 5000);
    return { found: Boolean(found), ...(found?.at && { platformId: `agent-${found.at}` }) };
  };
  /** A command that comes again gets the first one's answer: nothing is sent twice. */
  const perform = async (command) => {
    const { id } = command;
    if (!results.has(id)) {
      results.set(id, performed(command).then(answerOf, refusalOf));
      if (results.size > RESULTS_KEPT) results.delete(results.keys().next().value);
    }
    say("answer", { id, ...(await results.get(id)) });
  };

  /** The page has come or come back: the platform's channels repeat nothing by themselves. */
  const tellAll = () => {
    say("here");
    if (described) say("context", described);
    for (const message of told) say("message", message);
    if (ended) say("ended", ended);
    if (!logRead) void fillIn();
  };

  return {
    async start() {
      say("here");
      // The queue decides which knowledge base answers, so it goes ahead of the messages.
      await Promise.race([tellContext(), ports.wait(QUEUE_WITHIN_MS)]);
      return fillIn();
    },
    /** A message event of the platform, `type` being END_USER or AGENT. */
    heard(event, type) {
      if (event?.recordId !== recordId) return;
      const message = readMessage({ ...event, type });
      if (!message) return;
      if (message.at === undefined) message.at = ports.now();
      if (logRead) forward(ledger.takeLive(message));
      else if (logMissing) forward(ledger.nameByMoment(message));
      else early.push(message);
    },
    ended(event) {
      if (event?.recordId !== recordId || ended) return;
      ended = {
        reason: "conversation ended",
        at: new Date(momentOf(event.timestamp) ?? ports.now()).toISOString(),
      };
      say("ended", ended);
    },
    /** A record of our own channel. */
    received(record) {
      if (record?.recordId !== recordId) return;
      if (record.to === instance && record.type === "command") void perform(bodyOf(record));
      if (record.to !== TO_COMPONENT) return;
      if (record.type === "sync") tellAll();
      // Omni-Channel says that the work was taken: only now is it known which queue it came by.
      if (record.type === "work") {
        ended = undefined;
        void tellContext();
        void readLog().catch(() => {});
      }
    },
    stop() {
      say("gone");
      closed = true;
    },
  };
}

function bodyOf({ body }) {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}

const plain = (text) => String(text).replace(/\s+/g, " ").trim();
const answerOf = (value) => ({ ok: true, value });

/** The platform's refusals in its own words. A network that failed on the way may have done it all the same. */
function refusalOf(error) {
  const { body, message } = error ?? {};
  const said = body?.output?.errors?.[0]?.message ?? body?.message ?? message ?? "Salesforce refused it.";
  const unknown = /network|timed? ?out|failed to fetch/i.test(said);
  const refused = /permission|access|not supported|read.?only|insufficient|inactive|not possible/i.test(said);
  const reason = String(said).slice(0, 400);
  return { ok: false, reason, retryable: !refused, unknown };
}
