import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { type IdentityServer, startIdentityServer } from "./support/identity-server.ts";
import { anOutsider, type Outsider } from "./support/outsider.ts";
import { visit } from "./support/portal.ts";
import { DATABASE, PORTAL } from "./support/product.ts";

test.use({ baseURL: PORTAL });
const sql = postgres(DATABASE);
const DIRECTORY = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
let provider: IdentityServer;
let tenant: Outsider;
let domain = "";

test.beforeAll(async () => {
  provider = await startIdentityServer();
  tenant = await anOutsider(sql);
  domain = `${crypto.randomUUID().slice(0, 8)}.example`;
  await sql.begin(async (tx) => {
    const [row] = await tx`select id from tenants where slug = ${tenant.slug}`;
    await tx`select set_config('app.tenant', ${row?.id}, true)`;
    await tx`insert into sign_in_settings (tenant_id, domains, google, microsoft_directories, join_role)
      values (${row?.id}, ${[domain]}, true, ${[DIRECTORY]}, 'supervisor')`;
  });
});
test.afterAll(async () => {
  await tenant.remove();
  await sql`delete from users where email like ${`%@${domain}`}`;
  await Promise.all([sql.end(), provider.close()]);
});

const google = (name: string, changes: object = {}) => ({
  sub: `google-${name}`,
  email: `${name}@${domain}`,
  email_verified: true,
  hd: domain,
  name,
  ...changes,
});

test("a person of the directory signs in with Google and joins with the role that was set", async ({
  page,
}) => {
  provider.become(google("ana"));
  await visit(page, "/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page).toHaveURL(new RegExp(`/${tenant.slug}/overview$`));
  await page.goto(`/${tenant.slug}/profile`);
  await expect(page.getByText(`ana@${domain}`).first()).toBeVisible();
  await expect(page.getByText("your directory decides who signs in as you")).toBeVisible();
  expect((await page.goto(`/${tenant.slug}/settings`))?.status()).toBe(404);
});

test("a person of the directory signs in with Microsoft", async ({ page }) => {
  provider.become({
    sub: "pairwise",
    oid: crypto.randomUUID(),
    tid: DIRECTORY,
    email: `ben@${domain}`,
    name: "Ben",
  });
  await visit(page, "/sign-in");
  await page.getByRole("button", { name: "Continue with Microsoft" }).click();
  await expect(page).toHaveURL(new RegExp(`/${tenant.slug}/overview$`));
});

for (const [what, claims, words] of [
  ["an address that was not verified", { email_verified: false }, "did not vouch"],
  ["a private account", { hd: "" }, "did not vouch"],
  [
    "another directory",
    { hd: "elsewhere.example", sub: "x", email: "eve@elsewhere.example" },
    "No tenant here",
  ],
] as const)
  test(`${what} is refused in words`, async ({ page }) => {
    provider.become(google("eve", claims));
    await visit(page, "/sign-in");
    await page.getByRole("button", { name: "Continue with Google" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(words);
  });
