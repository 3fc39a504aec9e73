import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ConversationFacts } from "#/components/conversations/conversation-facts.tsx";
import { DeleteConversation } from "#/components/conversations/delete-conversation.tsx";
import { SummaryPart } from "#/components/conversations/summary-part.tsx";
import { Transcript } from "#/components/conversations/transcript.tsx";
import { WriteBackPart } from "#/components/conversations/write-back-part.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import type { ConversationDetail } from "#/lib/conversations/conversation-detail.ts";
import { isUuid, parseCursor, type SearchParams } from "#/lib/conversations/conversation-filter.ts";
import { readConversation } from "#/lib/conversations/read-conversation.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant, type TenantAccess } from "#/lib/web/require-tenant.ts";
import { deleteConversationAction } from "../actions.ts";

export const metadata: Metadata = { title: "Conversation" };

const REFRESH_MS = 3_000;

type ConversationPageProps = {
  params: Promise<{ tenant: string; conversation: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function ConversationPage({ params, searchParams }: ConversationPageProps) {
  const [{ tenant: slug, conversation: id }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "conversations:read");
  if (!isUuid(id)) notFound();
  const after = typeof query.after === "string" ? parseCursor(query.after) : undefined;
  const conversation = await readConversation(database(), tenant.id, { conversationId: id, after });
  if (!conversation) notFound();
  const eventsHref = may(tenant.role, "events:read") ? `/${slug}/events` : undefined;
  const live = conversation.endedAt === undefined;
  return (
    <>
      <PageHeader
        trail={[{ label: "Conversations", href: `/${slug}/conversations` }]}
        title={titleOf(conversation)}
        badge={live ? <StateBadge state="ok">Live</StateBadge> : <StateBadge state="off">Ended</StateBadge>}
        hint="Personal data is taken out of everything you see here."
        actions={
          <Actions tenant={tenant} conversation={conversation} eventsHref={eventsHref} standing={!live} />
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem] 2xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 max-w-4xl">
          {conversation.lines.length > 0 ? (
            <Transcript
              lines={conversation.lines}
              eventPath={eventsHref && `${eventsHref}?conversation=${id}&event=`}
              knowledgePath={may(tenant.role, "knowledge:read") ? `/${slug}/knowledge` : undefined}
            />
          ) : (
            <EmptyState title="Nothing was said yet">The first words show here as they come.</EmptyState>
          )}
          <Parts path={`/${slug}/conversations/${id}`} next={conversation.next} later={after !== undefined} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-4">
          <ConversationFacts conversation={conversation} />
          <SummaryPart summary={conversation.summary} />
          <WriteBackPart writeBacks={conversation.writeBacks} />
        </div>
      </div>
    </>
  );
}

function titleOf({ queue, agent, channel }: ConversationDetail): string {
  const kind = channel === "voice" ? "Call" : channel === "chat" ? "Chat" : "Conversation";
  return [kind, queue && `in ${queue}`, agent && `with ${agent}`].filter(Boolean).join(" ");
}

type ActionsProps = {
  tenant: TenantAccess;
  conversation: ConversationDetail;
  eventsHref: string | undefined;
  standing: boolean;
};

function Actions({ tenant, conversation, eventsHref, standing }: ActionsProps) {
  const { id, platformId, figures, endedAt } = conversation;
  return (
    <>
      <LiveRefresh everyMs={REFRESH_MS} standing={standing} />
      {eventsHref ? (
        <Button asChild>
          <Link href={`${eventsHref}?conversation=${id}` as never}>Its events</Link>
        </Button>
      ) : null}
      {may(tenant.role, "conversations:delete") ? (
        <DeleteConversation
          platformId={platformId}
          figures={figures}
          live={endedAt === undefined}
          listHref={`/${tenant.slug}/conversations`}
          action={deleteConversationAction.bind(null, tenant.slug, { id })}
        />
      ) : null}
    </>
  );
}

function Parts({ path, next, later }: { path: string; next: string | undefined; later: boolean }) {
  if (!next && !later) return null;
  return (
    <nav aria-label="Parts of the transcript" className="mt-4 flex justify-end gap-2">
      {later ? (
        <Button asChild size="sm">
          <Link href={path as never}>From the beginning</Link>
        </Button>
      ) : null}
      {next ? (
        <Button asChild size="sm">
          <Link href={`${path}?after=${next}` as never}>What came later</Link>
        </Button>
      ) : null}
    </nav>
  );
}
