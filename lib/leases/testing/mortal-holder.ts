import { randomUUID } from "node:crypto";
import { openDatabase } from "#/lib/db/database.ts";
import { type LeasePlace, takeLease } from "../lease.ts";

/** A process of its own, for tests, that takes a lease, says its fence, and holds it until it is killed. */
const [appUrl = "", place = "{}"] = process.argv.slice(2);
const { db } = openDatabase(appUrl, { max: 2 });
const lease = await takeLease(db, JSON.parse(place) as LeasePlace, randomUUID());
process.stdout.write(`${lease?.fence ?? "none"}\n`);
setInterval(() => {}, 1_000);
