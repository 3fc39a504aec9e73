import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { appUrlOf, TEMPLATE_DATABASE } from "./test-services.ts";

export type TestDatabase = { ownerUrl: string; appUrl: string };

/**
 * A migrated, empty database for this test file alone. Call it at the top of the file; it is
 * dropped after the file's last test, whoever is still connected.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const services = inject("services");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = async (statement: string) => {
    const url = new URL(services.ownerUrl);
    url.pathname = "postgres";
    const sql = postgres(url.toString(), { max: 1, onnotice: () => {} });
    await sql.unsafe(statement).finally(() => sql.end());
  };
  await admin(`create database ${name} template ${TEMPLATE_DATABASE}`);
  afterAll(() => admin(`drop database ${name} with (force)`));

  const owner = new URL(services.ownerUrl);
  owner.pathname = name;
  return { ownerUrl: owner.toString(), appUrl: appUrlOf(services, name) };
}
