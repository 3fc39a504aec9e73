import type { Sql } from "postgres";
import { hashPassword } from "#/lib/crypto/password.ts";

/** The owner of a tenant that has nothing yet. */
export type Outsider = {
  slug: string;
  name: string;
  email: string;
  password: string;
  remove(): Promise<void>;
};

export async function anOutsider(sql: Sql): Promise<Outsider> {
  const id = crypto.randomUUID().slice(0, 8);
  const person = {
    slug: `other-${id}`,
    name: `Other ${id}`,
    email: `${id}@other.example`,
    password: crypto.randomUUID(),
  };
  const hash = await hashPassword(person.password);
  const [tenant] =
    await sql`insert into tenants (slug, name) values (${person.slug}, ${person.name}) returning id`;
  const [user] = await sql`insert into users (email, name, password_hash)
    values (${person.email}, ${person.name}, ${hash}) returning id`;
  await sql.begin(async (tx) => {
    await tx`select set_config('app.tenant', ${tenant?.id}, true)`;
    await tx`insert into members (tenant_id, user_id, role) values (${tenant?.id}, ${user?.id}, 'owner')`;
  });
  return {
    ...person,
    remove: async () => {
      await sql`delete from tenants where id = ${tenant?.id}`;
      await sql`delete from users where id = ${user?.id}`;
    },
  };
}
