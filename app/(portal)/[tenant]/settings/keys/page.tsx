import { ApiKeyDialog } from "#/components/settings/api-key-dialog.tsx";
import { ApiKeyTable } from "#/components/settings/api-key-table.tsx";
import { Section } from "#/components/settings/section.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { listApiKeys } from "#/lib/api-keys/list-api-keys.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { createKeyAction, revokeKeyAction } from "./actions.ts";

export const metadata = { title: "API keys" };

export default async function KeysPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "keys:write");
  const keys = await listApiKeys(database(), tenant.id);
  const now = Date.now();
  const shown = keys.map((key) => ({
    ...key,
    expired: key.expiresAt !== null && key.expiresAt.getTime() < now,
  }));

  return (
    <Section
      title="API keys"
      hint="For programs that work with your documents. A key belongs to the tenant and stays when the person who made it leaves."
      actions={<ApiKeyDialog create={createKeyAction.bind(null, slug)} />}
    >
      {shown.length > 0 ? (
        <ApiKeyTable keys={shown} revoke={revokeKeyAction.bind(null, slug)} />
      ) : (
        <EmptyState title="No API keys yet">
          Make one for a program that keeps a knowledge base in step with your wiki or help centre.
        </EmptyState>
      )}
    </Section>
  );
}
