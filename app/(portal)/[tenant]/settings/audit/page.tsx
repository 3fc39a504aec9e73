import Link from "next/link";
import { AuditEntry } from "#/components/settings/audit-entry.tsx";
import { AuditTable } from "#/components/settings/audit-table.tsx";
import { Section } from "#/components/settings/section.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { FilterChips } from "#/components/ui/filter-chips.tsx";
import { AUDIT_AREAS, type AuditParams, parseAuditFilter } from "#/lib/tenancy/audit-filter.ts";
import { listAudit, listAuditPeople } from "#/lib/tenancy/list-audit.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { addressWith } from "./address.ts";

export const metadata = { title: "Audit log" };

type AuditPageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<AuditParams> };

const TIMES = [
  { value: "24h", label: "the last 24 hours" },
  { value: "7d", label: "the last 7 days" },
  { value: "30d", label: "the last 30 days" },
  { value: "90d", label: "the last 90 days" },
];

export default async function AuditLogPage({ params, searchParams }: AuditPageProps) {
  const [{ tenant: slug }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "audit:read");
  const filter = parseAuditFilter(query, Date.now());
  const [page, people] = await Promise.all([
    listAudit(database(), tenant.id, filter),
    listAuditPeople(database(), tenant.id),
  ]);
  const base = `/${slug}/settings/audit`;
  const opened = page.rows.find(({ id }) => id === query.entry);
  return (
    <Section
      title="Audit log"
      hint="Every change by a person, and every time a secret was read or replaced. It holds no secrets itself."
      actions={<Exports base={base} query={query} />}
    >
      <FilterChips
        filters={filtersOf(people, filter.target)}
        search={{ name: "q", placeholder: "Search actions, targets, details" }}
      />
      {opened ? (
        <div className="mb-4">
          <AuditEntry
            row={opened}
            targetHref={addressWith(base, {}, { target: opened.target })}
            closeHref={addressWith(base, query, { entry: undefined })}
          />
        </div>
      ) : null}
      {page.rows.length > 0 ? (
        <AuditTable
          rows={page.rows}
          selected={opened?.id}
          hrefs={Object.fromEntries(page.rows.map(({ id }) => [id, addressWith(base, query, { entry: id })]))}
        />
      ) : (
        <EmptyState title="No entry fits">
          Entries appear here as people change settings, mappings, knowledge or credentials. Remove a filter
          to see more.
        </EmptyState>
      )}
      <Pages base={base} query={query} older={page.next} first={filter.after === undefined} />
    </Section>
  );
}

type PagesProps = { base: string; query: AuditParams; older: string | undefined; first: boolean };

function Pages({ base, query, older, first }: PagesProps) {
  const at = (after: string | undefined) => addressWith(base, query, { after, entry: undefined }) as never;
  return (
    <div className="mt-3 flex gap-2">
      {first ? null : (
        <Button asChild size="sm">
          <Link href={at(undefined)}>Newest</Link>
        </Button>
      )}
      {older ? (
        <Button asChild size="sm">
          <Link href={at(older)}>Older</Link>
        </Button>
      ) : null}
    </div>
  );
}

function filtersOf(people: readonly { id: string; name: string }[], target: string | undefined) {
  return [
    {
      key: "who",
      label: "Who",
      options: [
        ...people.map(({ id, name }) => ({ value: id, label: name })),
        { value: "system", label: "the system" },
      ],
    },
    {
      key: "area",
      label: "What",
      options: Object.entries(AUDIT_AREAS).map(([value, label]) => ({ value, label })),
    },
    { key: "time", label: "Time", options: TIMES },
    ...(target ? [{ key: "target", label: "Target", options: [{ value: target, label: target }] }] : []),
  ];
}

function Exports({ base, query }: { base: string; query: AuditParams }) {
  const plain = { ...query, after: undefined, entry: undefined };
  return (["csv", "jsonl"] as const).map((format) => (
    <Button key={format} asChild size="sm">
      <a href={addressWith(`${base}/export`, plain, { format })} download>
        Export {format === "csv" ? "CSV" : "JSON lines"}
      </a>
    </Button>
  ));
}
