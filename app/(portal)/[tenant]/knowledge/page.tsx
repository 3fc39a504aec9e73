import { BaseList } from "#/components/knowledge/base-list.tsx";
import { NewBase } from "#/components/knowledge/new-base.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { listBases } from "#/lib/knowledge/list-bases.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { createBaseAction } from "./actions.ts";

export const metadata = { title: "Knowledge" };

export default async function KnowledgePage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "knowledge:read");
  const bases = await listBases(database(), tenant.id);
  const path = `/${slug}/knowledge`;
  const create = may(tenant.role, "knowledge:write") ? (
    <NewBase path={path} create={createBaseAction.bind(null, slug)} />
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Knowledge"
        hint="What suggestions are taken from, and nothing else."
        actions={create}
      />
      <BaseList bases={bases} path={path} />
    </>
  );
}
