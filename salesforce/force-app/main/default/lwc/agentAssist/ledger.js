/**
 * Which messages are known, and under which id. The platform's live events and its conversation log have no message
 * ids, and both tell of the same messages. A message is named by its speaker, its text and how many times the same
 * was said before: that is the same in the log, live, after a reload and in another tab.
 */

/** Live event and log may give the same message times this far apart. */
const SAME_WITHIN_MS = 3000;
/** What the log holds at most: a full one may have lost its beginning. */
export const LOG_LIMIT = 200;

const SPEAKERS = { END_USER: "customer", AGENT: "agent" };

/** Milliseconds since the epoch of any form that the platform uses; undefined where it is none. */
export function momentOf(timestamp) {
  const text = String(timestamp ?? "");
  const number = /^\d{10,16}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}

/** A log entry or a live event as `{from, text, at}`; undefined for bots' and system messages and empty ones. */
export function readMessage({ content, timestamp, type }) {
  const from = SPEAKERS[String(type ?? "").toUpperCase()];
  const text = typeof content === "string" ? content.trim() : "";
  return from && text ? { from, text, at: momentOf(timestamp) } : undefined;
}

/** 106 bits of a text: two rounds of a multiplicative hash, the same in every browser and without waiting. */
export function fingerprintOf(text) {
  const round = (seed) => {
    let high = 0xdeadbeef ^ seed;
    let low = 0x41c6ce57 ^ seed;
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
  };
  return round(0) + round(1);
}

/** `counts` outlives the page: how often each text was said, for logs that have lost their beginning. */
export function createLedger(counts = { read: () => ({}), write: () => {} }) {
  const saved = counts.read();
  const groups = new Map();

  const groupOf = ({ from, text }) => {
    const key = `${from[0]}-${fingerprintOf(text)}`;
    if (!groups.has(key)) groups.set(key, { key, base: 0, entries: [], byMoment: [] });
    return groups.get(key);
  };
  const add = (group, message, source) => {
    const number = group.base + group.entries.length + 1;
    group.entries.push({ at: message.at, [source]: true });
    saved[group.key] = Math.max(saved[group.key] ?? 0, number);
    counts.write(saved);
    return { ...message, id: `${group.key}-${number}` };
  };

  const takeNth = (group, message, nth) => {
    const known = group.entries[nth - 1];
    if (known) return [];
    const added = add(group, message, "log");
    // It was forwarded under its moment while the log could not be read.
    const told = group.byMoment.findIndex((at) => isNear(at, message.at));
    if (told < 0) return [added];
    group.byMoment.splice(told, 1);
    return [];
  };

  return {
    /** What is new in the log, oldest first. */
    takeLog(log) {
      const read = log.map(readMessage).filter(Boolean);
      const full = log.length >= LOG_LIMIT;
      const counted = new Map();
      for (const message of read) {
        const { key } = groupOf(message);
        counted.set(key, (counted.get(key) ?? 0) + 1);
      }
      const place = new Map();
      return read.flatMap((message) => {
        const group = groupOf(message);
        const count = counted.get(group.key);
        if (full && group.entries.length === 0) group.base = Math.max(0, (saved[group.key] ?? 0) - count);
        // A full log may have dropped what is known: its last entries are our last ones.
        const dropped = full ? Math.max(0, group.entries.length - count) : 0;
        const nth = (place.get(group.key) ?? dropped) + 1;
        place.set(group.key, nth);
        return takeNth(group, message, nth);
      });
    },
    /** The message with its id, or undefined where the log has told of it already. */
    takeLive(message) {
      const group = groupOf(message);
      // Nobody says the same twice within a millisecond: the event itself came twice.
      if (group.entries.some((entry) => entry.live && entry.at === message.at)) return undefined;
      const same = group.entries.find((entry) => !entry.live && isNear(entry.at, message.at));
      if (same) Object.assign(same, { live: true, at: message.at });
      return same ? undefined : add(group, message, "live");
    },
    /** For a platform whose log cannot be read: named by its moment, since nothing can be counted. */
    nameByMoment(message) {
      const { key, byMoment } = groupOf(message);
      byMoment.push(message.at);
      return { ...message, id: `${key}-t${message.at ?? 0}` };
    },
  };
}

function isNear(one, other) {
  if (one === undefined || other === undefined) return true;
  return Math.abs(one - other) <= SAME_WITHIN_MS;
}
