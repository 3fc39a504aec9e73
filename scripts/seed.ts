import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allowSandboxOrigin, seedDemo } from "#/drizzle/seed/seed-demo.ts";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";

/** Seeds the demo tenant and writes what the sandbox's shell command needs to dial in. Safe to run again. */
const { DATABASE_URL, KEY_RING, DEMO_EMAIL, DEMO_PASSWORD, DATA_DIR, SANDBOX_URL, AUDIOHOOK_URL } =
  process.env;
if (!DATABASE_URL || !KEY_RING || !DEMO_EMAIL || !DEMO_PASSWORD) {
  console.error("Seeding needs DATABASE_URL (owner), KEY_RING, DEMO_EMAIL and DEMO_PASSWORD.");
  process.exit(1);
}
const { db, close } = openDatabase(DATABASE_URL, { max: 1 });
try {
  const seeded = await seedDemo({
    db,
    ring: parseKeyRing(KEY_RING),
    email: DEMO_EMAIL,
    password: DEMO_PASSWORD,
  });
  if (SANDBOX_URL) await allowSandboxOrigin(db, SANDBOX_URL);
  if (seeded && DATA_DIR) {
    mkdirSync(DATA_DIR, { recursive: true });
    const { apiKey, clientSecret, organizationId, embedToken } = seeded.credentials;
    const connection = {
      connectionId: seeded.connectionId,
      apiKey,
      clientSecret,
      organizationId,
      embedToken,
    };
    const file = join(DATA_DIR, "demo-connection.json");
    writeFileSync(file, JSON.stringify({ ...connection, audiohookUrl: AUDIOHOOK_URL }, null, 2), {
      mode: 0o600,
    });
  }
} finally {
  await close();
}
