import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { demoConnectionPath } from "#/sandbox/demo-connection.ts";
import { required } from "./report.ts";

const DEMO_CONNECTION = "demo-genesys";
const INDEXING_LIMIT_MS = 240_000;
const POLL_MS = 500;

export type DemoTenant = {
  /** With the owner's address, past row-level security: a benchmark belongs to no tenant. */
  sql: Sql;
  publicId: string;
  place: { tenantId: string; connectionId: string };
  close(): Promise<void>;
};

export async function openDemoTenant(): Promise<DemoTenant> {
  const sql = postgres(required("DATABASE_URL"), { max: 2, onnotice: () => undefined });
  const [row] = await sql<{ tenantId: string; connectionId: string }[]>`
    SELECT tenant_id AS "tenantId", id AS "connectionId" FROM connections WHERE public_id = ${DEMO_CONNECTION}`;
  if (!row) throw new Error(`There is no connection "${DEMO_CONNECTION}": the demo tenant is not seeded.`);
  return { sql, publicId: DEMO_CONNECTION, place: { ...row }, close: () => sql.end() };
}

/** Waits until a running jobs process has read every demo article. */
export async function untilIndexed({ sql, place }: DemoTenant): Promise<void> {
  const limit = Date.now() + INDEXING_LIMIT_MS;
  for (;;) {
    const [row] = await sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM documents
      WHERE tenant_id = ${place.tenantId} AND state NOT IN ('ready', 'failed')`;
    if (row?.n === 0) return;
    if (Date.now() > limit) throw new Error(`${row?.n} demo articles were not indexed in time.`);
    await sleep(POLL_MS);
  }
}

/** What a deployed widget's address carries; the seed leaves it beside the data. */
export async function demoEmbedToken(): Promise<string> {
  const { embedToken } = JSON.parse(await readFile(demoConnectionPath(process.env.DATA_DIR), "utf8"));
  return embedToken;
}
