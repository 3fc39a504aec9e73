import type { Metadata } from "next";
import Link from "next/link";
import { EventList } from "#/components/inspector/event-list.tsx";
import { InspectorTabs } from "#/components/inspector/inspector-tabs.tsx";
import { ListActions } from "#/components/inspector/list-actions.tsx";
import { inspectorFilters, type Linked } from "#/components/inspector/list-filters.ts";
import { ReplayMany } from "#/components/inspector/replay-many.tsx";
import { TimeRange } from "#/components/inspector/time-range.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { FilterChips } from "#/components/ui/filter-chips.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { PageLinks } from "#/components/ui/page-links.tsx";
import { ClockTime } from "#/components/ui/time.tsx";
import { readConversationChoices } from "#/lib/conversations/read-choices.ts";
import { rememberFor } from "#/lib/health/remember-for.ts";
import {
  frozenFilter,
  type InspectorFilter,
  parseFilter,
  parseSelection,
  type SearchParams,
  withParams,
} from "#/lib/inspector/inspector-filter.ts";
import { type InspectorPage, listEvents } from "#/lib/inspector/list-events.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { countReplayAction, startReplayAction } from "./actions.ts";
import { OpenedRow } from "./opened-row.tsx";

export const metadata: Metadata = { title: "Event Inspector" };

/** Agents come and go by the day; the page is read again every two seconds. */
const CHOICES_KEPT_MS = 30_000;

type EventsPageProps = { params: Promise<{ tenant: string }>; searchParams: Promise<SearchParams> };

export default async function EventsPage({ params, searchParams }: EventsPageProps) {
  const [{ tenant: slug }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "events:read");
  const filter = parseFilter(query, Date.now());
  const [page, connections, choices] = await Promise.all([
    listEvents(database(), tenant.id, filter),
    listConnections(database(), tenant.id),
    rememberFor(
      CHOICES_KEPT_MS,
      `choices:${tenant.id}`,
      () => readConversationChoices(database(), tenant.id),
      Date.now(),
    ),
  ]);
  const selection = parseSelection(query);
  const list = (
    <>
      {page.rows.length > 0 ? (
        <EventList
          rows={page.rows}
          selected={selection?.id}
          actions={<Actions slug={slug} query={query} mayReplay={may(tenant.role, "events:replay")} />}
        />
      ) : (
        <NothingListed slug={slug} filtered={page.count === 0 && isFiltered(query)} />
      )}
      {page.searchedTo ? <SearchedTo at={page.searchedTo} /> : null}
      <PageLinks
        newest={filter.after !== undefined ? withParams(query, { after: undefined }) : undefined}
        older={page.next && withParams(query, { after: page.next })}
      />
    </>
  );

  return (
    <>
      <PageHeader
        title="Event Inspector"
        hint="Every event that came in, what became of it, and how long each stage took."
        actions={<LiveRefresh standing={filter.after !== undefined} />}
      />
      <InspectorTabs slug={slug} />
      <div className="flex flex-wrap items-start gap-x-2">
        <div className="min-w-0 flex-1">
          <FilterChips
            filters={inspectorFilters({ connections, agents: choices.agents }, linkedOf(filter))}
            search={{ name: "q", placeholder: "Words in redacted payloads" }}
            count={countWords(page)}
          />
        </div>
        <TimeRange />
      </div>
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

function linkedOf({ conversation, stage, slowerMs, cause }: InspectorFilter): Linked {
  return { conversation, stage, cause, slower: slowerMs === undefined ? undefined : String(slowerMs) };
}

/** What can be done with everything under the filter; a replay of the whole list is offered to nobody by accident. */
function Actions({ slug, query, mayReplay }: { slug: string; query: SearchParams; mayReplay: boolean }) {
  const filter = frozenFilter(query, Date.now());
  const filtered = isFiltered(query);
  const closed = withParams(query, { event: undefined, delivery: undefined, after: undefined });
  return (
    <ListActions
      exportHref={`/${slug}/events/export${closed === "?" ? "" : closed}`}
      replay={
        mayReplay && filtered ? (
          <ReplayMany
            label="Replay these…"
            count={countReplayAction.bind(null, slug, { filter })}
            start={startReplayAction.bind(null, slug, { filter })}
            progressHref={`/${slug}/events/replays`}
          />
        ) : null
      }
    />
  );
}

function SearchedTo({ at }: { at: string }) {
  return (
    <p className="mt-2 text-sm text-muted">
      Looked through the newest matches, back to <ClockTime at={at} />. “Older” looks further.
    </p>
  );
}

function isFiltered(query: SearchParams): boolean {
  return Object.keys(query).some((key) => !["event", "delivery", "after"].includes(key));
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
