import type { Metadata } from "next";
import Link from "next/link";
import { EventList } from "#/components/inspector/event-list.tsx";
import { inspectorFilters } from "#/components/inspector/list-filters.ts";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { FilterChips } from "#/components/ui/filter-chips.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import {
  parseFilter,
  parseSelection,
  type SearchParams,
  withParams,
} from "#/lib/inspector/inspector-filter.ts";
import { type InspectorPage, listEvents } from "#/lib/inspector/list-events.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { OpenedRow } from "./opened-row.tsx";

export const metadata: Metadata = { title: "Event Inspector" };

type EventsPageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> };

export default async function EventsPage({ params, searchParams }: EventsPageProps) {
  const [{ tenant: slug }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "events:read");
  const filter = parseFilter(query, Date.now());
  const [page, connections] = await Promise.all([
    listEvents(database(), tenant.id, filter),
    listConnections(database(), tenant.id),
  ]);
  const selection = parseSelection(query);
  const list = (
    <>
      {page.rows.length > 0 ? (
        <EventList rows={page.rows} selected={selection?.id} />
      ) : (
        <NothingListed slug={slug} filtered={page.count === 0 && isFiltered(query)} />
      )}
      <Pages query={query} page={page} older={filter.after !== undefined} />
    </>
  );

  return (
    <>
      <PageHeader
        title="Event Inspector"
        hint="Every event that came in, what became of it, and how long each stage took."
        actions={<LiveRefresh standing={filter.after !== undefined} />}
      />
      <FilterChips
        filters={inspectorFilters(connections, linkedOf(query, filter.conversation))}
        count={countWords(page)}
      />
      {selection ? (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(20rem,2fr)_3fr] min-[85rem]:grid-cols-[minmax(20rem,5fr)_6fr_6fr]">
          <div className="hidden min-w-0 lg:block">{list}</div>
          <div className="flex min-w-0 flex-col gap-4 min-[85rem]:contents">
            <OpenedRow tenant={tenant} selection={selection} query={query} />
          </div>
        </div>
      ) : (
        list
      )}
    </>
  );
}

function countWords({ count, countedAll }: InspectorPage): string {
  return `${count.toLocaleString("en")}${countedAll ? "" : "+"} ${count === 1 ? "event" : "events"}`;
}

/** The times as the address spells them: a chip finds itself by its exact value. */
function linkedOf({ from, to }: SearchParams, conversation: string | undefined) {
  return {
    conversation,
    from: typeof from === "string" ? from : undefined,
    to: typeof to === "string" ? to : undefined,
  };
}

function isFiltered(query: SearchParams): boolean {
  return Object.keys(query).some((key) => !["event", "delivery"].includes(key));
}

function Pages({ query, page, older }: { query: SearchParams; page: InspectorPage; older: boolean }) {
  if (!older && !page.next) return null;
  return (
    <nav aria-label="Pages" className="mt-2 flex justify-end gap-2">
      {older ? (
        <Button asChild size="sm">
          <Link href={withParams(query, { after: undefined }) as never}>Newest</Link>
        </Button>
      ) : null}
      {page.next ? (
        <Button asChild size="sm">
          <Link href={withParams(query, { after: page.next }) as never}>Older</Link>
        </Button>
      ) : null}
    </nav>
  );
}

function NothingListed({ slug, filtered }: { slug: string; filtered: boolean }) {
  if (filtered)
    return (
      <EmptyState
        title="No event fits these filters"
        action={
          <Button asChild>
            <Link href={`/${slug}/events` as never}>Show all events</Link>
          </Button>
        }
      >
        Take one away, or widen the time range.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No events yet"
      action={
        <Button asChild>
          <Link href={`/${slug}/integrations` as never}>Open Integrations</Link>
        </Button>
      }
    >
      Events come in as soon as a connected platform has a call or a chat. Connect one, or start a demo call
      on the Sandbox page.
    </EmptyState>
  );
}
