import { expect, test } from "vitest";
import { withFallback } from "./fallback-engine.ts";
import type { SpeechEngine, SpeechHandlers } from "./speech-engine.ts";
import { counted, listenTo, pushAll, texts, until } from "./testing/listening.ts";

/** Notes what it is given and says what a test makes it say. */
function aNotebook(name: string, languages: readonly string[]) {
  const given: string[] = [];
  const opened: (string | undefined)[] = [];
  let handlers: SpeechHandlers | undefined;
  const engine: SpeechEngine = {
    name,
    languages,
    open: (listening, language) => {
      handlers = listening;
      opened.push(language);
      return {
        push: (samples) => given.push(`audio ${samples[0]}`),
        skipTo: (ms) => given.push(`skip ${ms}`),
        flush: async () => void given.push("flush"),
        close: () => given.push("close"),
      };
    },
    close: async () => undefined,
  };
  return { engine, given, opened, say: (): SpeechHandlers => handlers ?? expect.fail("not opened") };
}

function both(service = ["en-US", "es"], openMs = 60_000) {
  const remote = aNotebook("remote", service);
  const embedded = aNotebook("embedded", ["en"]);
  const reasons: string[] = [];
  const onFallback = (reason: string) => reasons.push(reason);
  return {
    remote,
    embedded,
    reasons,
    engine: withFallback(remote.engine, embedded.engine, { openMs, onFallback }),
  };
}

const recognition = { utteranceId: "1", text: "hello", startMs: 0, durationMs: 10 };

test("a service that takes the stream keeps it, whatever happens later", () => {
  const { engine, remote, embedded, reasons } = both();
  const { finals, health } = listenTo(engine, "en-US");
  remote.say().onReady?.();
  remote.say().onHealth(false, "gone");
  remote.say().onFinal(recognition);
  expect([texts(finals), health]).toEqual([["hello"], [false]]);
  expect([embedded.opened, reasons]).toEqual([[], []]);
});

test("where the service cannot be opened the other engine hears everything from the start", () => {
  const { engine, remote, embedded, reasons } = both();
  const { stream, finals, health } = listenTo(engine, "en-US");
  stream.push(counted(1));
  stream.skipTo(500);
  stream.push(counted(1, 500));
  remote.say().onHealth(false, "The service refuses the API key.");
  stream.push(counted(1, 501));
  embedded.say().onFinal(recognition);
  expect(remote.given.at(-1)).toBe("close");
  expect(embedded.given).toEqual(["audio 1000", "skip 500", "audio 5000", "audio 5008"]);
  expect([texts(finals), health, reasons]).toEqual([
    ["hello"],
    [false, true],
    ["The service refuses the API key."],
  ]);
});

test("a service that answers nothing is not waited for", async () => {
  const { engine, embedded, reasons } = both(["en-US"], 10);
  listenTo(engine);
  await until(() => embedded.opened.length === 1);
  expect(reasons).toEqual(["The service did not answer in time."]);
});

test("a flush before anybody is known to listen waits for whoever will", async () => {
  const { engine, remote, embedded } = both();
  const { stream } = listenTo(engine);
  pushAll(stream, counted(20));
  const flushed = stream.flush(5000);
  remote.say().onHealth(false);
  await flushed;
  expect(embedded.given).toEqual(["audio 1000", "flush"]);
});

test("a language that only one of them does is that one's", () => {
  const { engine, remote, embedded } = both(["es", "de"]);
  listenTo(engine, "en-GB");
  listenTo(engine, "de-AT");
  expect([remote.opened, embedded.opened]).toEqual([["de"], ["en"]]);
  remote.say().onHealth(false, "away");
  expect(embedded.opened).toEqual(["en"]);
  expect(engine.languages).toEqual(["es", "de", "en"]);
});
