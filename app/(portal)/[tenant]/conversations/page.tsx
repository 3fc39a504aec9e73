import type { Metadata } from "next";
import Link from "next/link";
import { conversationFilters } from "#/components/conversations/conversation-filters.ts";
import { ConversationTable } from "#/components/conversations/conversation-table.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { FilterChips } from "#/components/ui/filter-chips.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { PageLinks } from "#/components/ui/page-links.tsx";
import { parseConversationFilter, type SearchParams } from "#/lib/conversations/conversation-filter.ts";
import { type ConversationPage, listConversations } from "#/lib/conversations/list-conversations.ts";
import { readConversationChoices } from "#/lib/conversations/read-choices.ts";
import { withParams } from "#/lib/inspector/inspector-filter.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";

export const metadata: Metadata = { title: "Conversations" };

const REFRESH_MS = 5_000;

type ConversationsPageProps = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function ConversationsPage({ params, searchParams }: ConversationsPageProps) {
  const [{ tenant: slug }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "conversations:read");
  const filter = parseConversationFilter(query, Date.now());
  const [page, choices, connections] = await Promise.all([
    listConversations(database(), tenant.id, filter),
    readConversationChoices(database(), tenant.id),
    listConnections(database(), tenant.id),
  ]);
  const standing = filter.after !== undefined;
  return (
    <>
      <PageHeader
        title="Conversations"
        hint="Every call and chat, what was said, and what the product did for it."
        actions={<LiveRefresh everyMs={REFRESH_MS} standing={standing} />}
      />
      <FilterChips
        filters={conversationFilters(connections, choices, {
          chosen: (key) => [query[key] ?? []].flat(),
          linked: { from: oneOf(query.from), to: oneOf(query.to) },
        })}
        search={{ name: "q", placeholder: "Search agent, queue or id" }}
        count={countWords(page)}
      />
      {page.rows.length > 0 ? (
        <ConversationTable rows={page.rows} slug={slug} />
      ) : (
        <NothingListed slug={slug} filtered={Object.keys(query).length > 0} />
      )}
      <PageLinks
        newest={standing ? withParams(query, { after: undefined }) : undefined}
        older={page.next && withParams(query, { after: page.next })}
      />
    </>
  );
}

const oneOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

function countWords({ count, countedAll }: ConversationPage): string {
  return `${count.toLocaleString("en")}${countedAll ? "" : "+"} ${count === 1 ? "conversation" : "conversations"}`;
}

function NothingListed({ slug, filtered }: { slug: string; filtered: boolean }) {
  if (filtered)
    return (
      <EmptyState
        title="No conversation fits these filters"
        action={
          <Button asChild>
            <Link href={`/${slug}/conversations` as never}>Show all conversations</Link>
          </Button>
        }
      >
        Take one away, or widen the time range.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No conversations yet"
      action={
        <Button asChild>
          <Link href={`/${slug}/integrations` as never}>Open Integrations</Link>
        </Button>
      }
    >
      A call or a chat stands here from its first word on. Connect a platform, or start a demo call on the
      Sandbox page.
    </EmptyState>
  );
}
