import { generateKeyPairSync, randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { pinAddresses } from "#/lib/stt/pinned-address.ts";
import type { SpeechEngine, SpeechHandlers } from "#/lib/stt/speech-engine.ts";
import { counted, listenTo, pushAll, texts, until } from "#/lib/stt/testing/listening.ts";
import { localDeepgram } from "#/lib/stt/testing/local-deepgram.ts";
import { localGoogleSpeech } from "#/lib/stt/testing/local-google-speech.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { deleteSpeech } from "./delete-speech.ts";
import { listSpeech, readSpeech } from "./list-speech.ts";
import { saveSpeech } from "./save-speech.ts";
import { setDefaultSpeech } from "./set-default-speech.ts";
import { SPEECH_DEFAULTS } from "./speech-defaults.ts";
import { speechFormSchema } from "./speech-settings.ts";
import { tenantEngines } from "./tenant-engines.ts";
import { type SpeechTestStep, testSpeech } from "./test-speech.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const deepgram = await localDeepgram();
const google = await localGoogleSpeech();
const pin = pinAddresses(`${deepgram.host},${google.host}`);
const deps = { db, ring, pin, note: async () => {} };

afterAll(() => Promise.all([close(), owner.end(), deepgram.close(), google.close()]));

const aTenant = async (): Promise<string> => {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  return tenant?.id;
};
let tenantId = "";
beforeEach(async () => {
  tenantId = await aTenant();
  deepgram.connections.length = 0;
});

const aForm = (changes: object = {}) =>
  speechFormSchema.parse({
    kind: "deepgram",
    name: "House service",
    ...SPEECH_DEFAULTS.deepgram,
    endpoint: deepgram.endpoint,
    key: "right-key",
    ...changes,
  });

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const KEY_FILE = JSON.stringify({
  type: "service_account",
  project_id: "acme-calls",
  private_key_id: "k1",
  private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
  client_email: "speech@acme-calls.iam.gserviceaccount.com",
  token_uri: "https://attacker.example/token",
});
const aGoogleForm = (changes: object = {}) =>
  speechFormSchema.parse({
    kind: "google",
    name: "Google",
    ...SPEECH_DEFAULTS.google,
    endpoint: google.endpoint,
    key: KEY_FILE,
    ...changes,
  });

async function stepsOf(id: string) {
  const row = await readSpeech(db, tenantId, id);
  if (!row) throw new Error("not stored");
  const steps: SpeechTestStep[] = [];
  for await (const step of testSpeech({ ring, pin, now: Date.now, openMs: 2000 }, row)) steps.push(step);
  return steps;
}
const outcomes = (steps: readonly SpeechTestStep[]) => steps.map(({ outcome }) => outcome);

test("a service is stored with its key sealed, and lists without it", async () => {
  const id = await saveSpeech(deps, tenantId, aForm({ languages: "en-US, es_MX" }));
  const stored = await readSpeech(db, tenantId, id);
  expect(JSON.stringify(stored)).not.toContain("right-key");
  const [listed] = await listSpeech(db, tenantId);
  expect(listed).toMatchObject({
    hasKey: true,
    isDefault: false,
    settings: { languages: ["en-US", "es-MX"] },
  });
  expect(JSON.stringify(listed)).not.toContain(stored?.sealedKey);
});

test("an empty key keeps the stored one, and a move to another server asks for it again", async () => {
  const id = await saveSpeech(deps, tenantId, aForm());
  await saveSpeech(deps, tenantId, aForm({ id, name: "Renamed", key: "" }));
  expect(outcomes(await stepsOf(id))).toEqual(["passed", "passed", "passed"]);
  const moved = aForm({ id, endpoint: google.endpoint, key: "" });
  await expect(saveSpeech(deps, tenantId, moved)).rejects.toThrow("enter the key again");
  await expect(saveSpeech(deps, tenantId, aForm({ name: "Keyless", key: "" }))).rejects.toThrow(
    "Enter the key",
  );
});

test("the test opens a stream and sends a second of audio", async () => {
  const steps = await stepsOf(await saveSpeech(deps, tenantId, aForm()));
  expect(outcomes(steps)).toEqual(["passed", "passed", "passed"]);
  expect(deepgram.connections[0]?.heardMs).toBe(1000);
  expect(deepgram.connections[0]?.controls.at(-1)).toBe("CloseStream");
});

test("a refused key gets its reason and ends the test", async () => {
  const steps = await stepsOf(await saveSpeech(deps, tenantId, aForm({ key: "wrong-key" })));
  expect(outcomes(steps)).toEqual(["passed", "failed", "not-tried"]);
  expect(steps[1]).toMatchObject({ reason: "The service refuses the API key." });
});

test("a service account is tested over gRPC with a token that it signs itself", async () => {
  const steps = await stepsOf(await saveSpeech(deps, tenantId, aGoogleForm()));
  expect(outcomes(steps)).toEqual(["passed", "passed", "passed"]);
  const stream = google.streams.at(-1);
  const [, claims = ""] = stream?.authorization?.split(" ")[1]?.split(".") ?? [];
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
    iss: "speech@acme-calls.iam.gserviceaccount.com",
    sub: "speech@acme-calls.iam.gserviceaccount.com",
    scope: "https://www.googleapis.com/auth/cloud-platform",
  });
  expect(stream?.requests[0]?.recognizer).toBe("projects/acme-calls/locations/global/recognizers/_");
  expect(stream?.heardMs).toBe(1000);
});

test.each([
  ["another type of key file", KEY_FILE.replace("service_account", "authorized_user")],
  ["a key that does not open", KEY_FILE.replace("BEGIN PRIVATE", "BEGIN BROKEN")],
  ["something else", "hello"],
])("%s is refused before anything is stored", async (_what, key) => {
  await expect(saveSpeech(deps, tenantId, aGoogleForm({ key }))).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect(await listSpeech(db, tenantId)).toEqual([]);
});

test.each(["https://169.254.169.254", "http://127.0.0.1:9", "http://example.com"])(
  "%s is refused before anything is stored",
  async (endpoint) => {
    await expect(saveSpeech(deps, tenantId, aForm({ endpoint }))).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await listSpeech(db, tenantId)).toEqual([]);
  },
);

test("another tenant's service does not exist", async () => {
  const id = await saveSpeech(deps, tenantId, aForm());
  const other = await aTenant();
  expect(await readSpeech(db, other, id)).toBeUndefined();
  const gone = { code: "not_found" };
  await expect(deleteSpeech(deps, other, id)).rejects.toMatchObject(gone);
  await expect(setDefaultSpeech(deps, other, id)).rejects.toMatchObject(gone);
  await expect(saveSpeech(deps, other, aForm({ id }))).rejects.toMatchObject(gone);
});

/** Hears nothing and is always there. */
function anEmbedded() {
  const opened: SpeechHandlers[] = [];
  const engine: SpeechEngine = {
    name: "embedded",
    languages: ["en"],
    open: (handlers) => {
      opened.push(handlers);
      return { push: () => {}, skipTo: () => {}, flush: async () => {}, close: () => {} };
    },
    close: async () => {},
  };
  return { engine, opened };
}

function engines() {
  const embedded = anEmbedded();
  const fallbacks: string[] = [];
  let time = 0;
  const onFallback = (_tenant: string, reason: string) => fallbacks.push(reason);
  const chosen = tenantEngines({ db, ring, pin, embedded: embedded.engine, onFallback, now: () => time });
  return { ...chosen, embedded, fallbacks, later: () => (time += 6000) };
}

test("the default service hears a tenant's calls, and only that tenant's", async () => {
  const { of, later, embedded, close: closeAll } = engines();
  const id = await saveSpeech(deps, tenantId, aForm());
  expect(await of(tenantId)).toBe(embedded.engine);
  await setDefaultSpeech(deps, tenantId, id);
  later();
  expect((await of(tenantId)).name).toBe("deepgram nova-3");
  expect(await of(await aTenant())).toBe(embedded.engine);
  const other = await saveSpeech(deps, tenantId, aGoogleForm());
  await setDefaultSpeech(deps, tenantId, other);
  later();
  expect((await of(tenantId)).name).toBe("google telephony");
  expect((await listSpeech(db, tenantId)).filter(({ isDefault }) => isDefault)).toMatchObject([
    { id: other },
  ]);
  await setDefaultSpeech(deps, tenantId, undefined);
  later();
  expect(await of(tenantId)).toBe(embedded.engine);
  await closeAll();
});

test("a call whose service refuses it is heard by the embedded engine, and says so", async () => {
  const { of, embedded, fallbacks, close: closeAll } = engines();
  const id = await saveSpeech(deps, tenantId, aForm({ key: "wrong-key" }));
  await setDefaultSpeech(deps, tenantId, id);
  const { stream, health, finals } = listenTo(await of(tenantId), "en-US");
  pushAll(stream, counted(100));
  await until(() => embedded.opened.length === 1);
  embedded.opened[0]?.onFinal({ utteranceId: "1", text: "heard here", startMs: 0, durationMs: 100 });
  expect([texts(finals), health, fallbacks]).toEqual([
    ["heard here"],
    [false, true],
    ["The service refuses the API key."],
  ]);
  stream.close();
  await closeAll();
});
