import { notFound } from "next/navigation";
import * as z from "zod";
import { PassageList } from "#/components/knowledge/passage-list.tsx";
import { Badge } from "#/components/ui/badge.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { readDocumentPage } from "#/lib/knowledge/read-base.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";

type DocumentPageProps = { params: Promise<{ tenant: string; base: string; document: string }> };

export default async function DocumentPage({ params }: DocumentPageProps) {
  const { tenant: slug, base: baseId, document: id } = await params;
  const tenant = await requireTenant(slug, "knowledge:read");
  if (!z.uuid().safeParse(id).success) notFound();
  const document = await readDocumentPage(database(), tenant.id, id);
  if (!document || document.base.id !== baseId) notFound();
  const list = `/${slug}/knowledge`;
  return (
    <>
      <PageHeader
        title={document.title}
        badge={<Badge>{document.source === "web" ? "web page" : "file"}</Badge>}
        hint={document.origin}
        trail={[
          { label: "Knowledge", href: list },
          { label: document.base.name, href: `${list}/${baseId}` },
        ]}
      />
      <PassageList state={document.state} cause={document.cause} passages={document.passages} />
    </>
  );
}
