import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { hashPassword } from "#/lib/crypto/password.ts";
import { seal } from "#/lib/crypto/seal.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { connections } from "../schema/connections.ts";
import { documents } from "../schema/documents.ts";
import { knowledgeBases } from "../schema/knowledge-bases.ts";
import { members } from "../schema/members.ts";
import { profiles } from "../schema/profiles.ts";
import { queueMappings } from "../schema/queue-mappings.ts";
import { tenants } from "../schema/tenants.ts";
import { users } from "../schema/users.ts";
import {
  DEMO_QUEUES,
  type DemoCredentials,
  newDemoCredentials,
  SANDBOX_CLIENT_SECRET,
  SANDBOX_ORGANIZATION,
} from "./demo-connection.ts";

const TENANT_ID = "0197c0de-0000-7000-8000-000000000001";
const CONNECTION_ID = "0197c0de-0000-7000-8000-000000000002";
const ARTICLES = new URL("./content/articles/", import.meta.url);

export const DEMO_TENANT = { slug: "demo", name: "Larkfield" };
export const DEMO_PUBLIC_ID = "demo-genesys";

export type SeedInput = { db: Database; ring: KeyRing; email: string; password: string };
export type Seeded = { connectionId: string; credentials: DemoCredentials } | undefined;

/** The demo tenant, once: undefined when it is there already. `db` must be the owner's. */
export async function seedDemo({ db, ring, email, password }: SeedInput): Promise<Seeded> {
  const passwordHash = await hashPassword(password);
  return withTenant(db, TENANT_ID, async (tx) => {
    const [tenant] = await tx
      .insert(tenants)
      .values({ id: TENANT_ID, ...DEMO_TENANT })
      .onConflictDoNothing()
      .returning();
    const userId = await ensureUser(tx, email, passwordHash);
    await tx.insert(members).values({ tenantId: TENANT_ID, userId, role: "owner" }).onConflictDoNothing();
    if (!tenant) {
      await completeConnection(tx, ring);
      return undefined;
    }
    const credentials = await seedConnection(tx, ring);
    await seedKnowledge(tx);
    return { connectionId: DEMO_PUBLIC_ID, credentials };
  });
}

/** The password follows the set-up's own: a reset of one without the other would lock people out. */
async function ensureUser(tx: TenantTransaction, email: string, passwordHash: string): Promise<string> {
  const [user] = await tx
    .insert(users)
    .values({ email: email.toLowerCase(), name: "Demo owner", passwordHash })
    .onConflictDoUpdate({ target: users.email, set: { passwordHash: sql`excluded.password_hash` } })
    .returning({ id: users.id });
  if (!user) throw new Error("an upsert returned no row");
  return user.id;
}

async function seedConnection(tx: TenantTransaction, ring: KeyRing): Promise<DemoCredentials> {
  const credentials = newDemoCredentials();
  const sealed = (field: string, secret: string) => sealSecret(field, secret, ring);
  await tx.insert(connections).values({
    id: CONNECTION_ID,
    tenantId: TENANT_ID,
    publicId: DEMO_PUBLIC_ID,
    platform: "genesys",
    name: "Genesys Cloud (sandbox)",
    sealed: {
      audiohookApiKey: sealed("audiohookApiKey", credentials.apiKey),
      audiohookClientSecret: sealed("audiohookClientSecret", credentials.clientSecret),
      embedToken: sealed("embedToken", credentials.embedToken),
      clientSecret: sealed("clientSecret", SANDBOX_CLIENT_SECRET),
    },
    settings: {
      ...SANDBOX_ORGANIZATION,
      serverMessages: false,
      voice: true,
      sendTranscripts: false,
      unsignedAllowed: false,
      refuseRepeatedNonce: false,
      queues: DEMO_QUEUES,
    },
  });
  return credentials;
}

function sealSecret(field: string, secret: string, ring: KeyRing): string {
  return seal(secret, { tenantId: TENANT_ID, ownerId: CONNECTION_ID, field }, ring);
}

/** A demo tenant of an older version has no OAuth client; one that somebody gave it is left alone. */
async function completeConnection(tx: TenantTransaction, ring: KeyRing): Promise<void> {
  const own = eq(connections.id, CONNECTION_ID);
  const [row] = await tx
    .select({ sealed: connections.sealed, settings: connections.settings })
    .from(connections)
    .where(own)
    .for("update");
  if (!row || row.settings.clientId !== undefined || row.settings.environment !== undefined) return;
  await tx
    .update(connections)
    .set({
      sealed: { ...row.sealed, clientSecret: sealSecret("clientSecret", SANDBOX_CLIENT_SECRET, ring) },
      settings: { ...row.settings, ...SANDBOX_ORGANIZATION },
    })
    .where(own);
}

async function seedKnowledge(tx: TenantTransaction): Promise<void> {
  const base = { tenantId: TENANT_ID, name: "Help centre" };
  const [{ id: knowledgeBaseId } = { id: "" }] = await tx
    .insert(knowledgeBases)
    .values(base)
    .returning({ id: knowledgeBases.id });
  await tx.insert(documents).values(articleRows(knowledgeBaseId));
  await tx.insert(profiles).values({ tenantId: TENANT_ID, isDefault: true, knowledgeBaseId });
  const [billing] = await tx
    .insert(profiles)
    .values({
      tenantId: TENANT_ID,
      knowledgeBaseId,
      systemPrompt: "Answer billing questions. Amounts first.",
    })
    .returning({ id: profiles.id });
  const [queue] = DEMO_QUEUES.filter(({ id }) => id === "queue-billing");
  if (billing && queue)
    await tx.insert(queueMappings).values({
      tenantId: TENANT_ID,
      connectionId: CONNECTION_ID,
      queueId: queue.id,
      queueName: queue.name,
      profileId: billing.id,
    });
}

function articleRows(knowledgeBaseId: string): (typeof documents.$inferInsert)[] {
  return readdirSync(ARTICLES)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((origin) => {
      const content = readFileSync(new URL(origin, ARTICLES));
      const title = /^#\s+(.+)$/m.exec(content.toString("utf8"))?.[1] ?? origin;
      return {
        tenantId: TENANT_ID,
        knowledgeBaseId,
        title,
        source: "upload",
        origin,
        mediaType: "text/markdown",
        content,
        contentHash: createHash("sha256").update(content).digest("hex"),
      };
    });
}

/** The origins of the sandbox's host page may frame the demo widget; they follow the ports of this start. */
export function allowSandboxOrigin(db: Database, sandboxUrl: string): Promise<unknown> {
  const { origin } = new URL(sandboxUrl);
  return withTenant(db, TENANT_ID, (tx) =>
    tx
      .update(connections)
      .set({ allowedOrigins: [origin] })
      .where(eq(connections.id, CONNECTION_ID)),
  );
}
