import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import type { Assist } from "#/lib/events/assist-turn.ts";
import { createLog } from "#/lib/kernel/log.ts";
import type { ConversationPlace } from "../claim-conversation.ts";
import { drainConversation } from "../drain-conversation.ts";
import { processDelivery } from "../process-delivery.ts";

/**
 * A jobs process of its own, for tests, that is killed by the work that it meets: reading a delivery or
 * looking up a turn that holds the word "poison". Node runs it with what it is to do.
 */
const [appUrl = "", task = "{}"] = process.argv.slice(2);
export type MortalTask =
  | { delivery: { tenantId: string; deliveryId: string } }
  | { drain: ConversationPlace };

const die = () => process.kill(process.pid, "SIGKILL");
const isPoison = (value: unknown) => JSON.stringify(value).includes("poison");
const assist: Assist = async ({ turns }) => {
  if (isPoison(turns.at(-1))) {
    die();
    await new Promise(() => {});
  }
  return { kind: "silent", reason: "nothing asked", stages: {}, notes: [] };
};

const { db, close } = openDatabase(appUrl, { max: 2 });
const given = JSON.parse(task) as MortalTask;
if ("delivery" in given)
  await processDelivery(db, given.delivery, (platform, payload, origin) => {
    if (isPoison(payload)) {
      die();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    return normalize(platform, payload, origin);
  });
else {
  const publisher = { durable: () => {}, ephemeral: () => {}, close: async () => {} };
  const log = createLog("test", "silent");
  await drainConversation({ db, assist, publisher, log, follow: () => {} }, given.drain);
}
await close();
