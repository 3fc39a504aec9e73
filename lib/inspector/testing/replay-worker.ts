import { openDatabase } from "#/lib/db/database.ts";
import { type ReplayPlace, workReplay } from "../work-replay.ts";

/** Works on a replay until it has ended, in a process of its own, for tests that kill it. Says each step it has made. */
const [, , appUrl = "", place = "{}"] = process.argv;
const { db, close } = openDatabase(appUrl, { max: 1 });
const producers = { announce: () => {} };
let progress = "more";
while (progress !== "ended") {
  progress = await workReplay({ db, producers }, JSON.parse(place) as ReplayPlace);
  process.stdout.write(`${progress}\n`);
}
await close();
