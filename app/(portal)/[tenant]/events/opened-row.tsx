import Link from "next/link";
import { DeliveryPane } from "#/components/inspector/delivery-pane.tsx";
import { EventPane } from "#/components/inspector/event-pane.tsx";
import { ReplayButton } from "#/components/inspector/replay-button.tsx";
import { TrailPane } from "#/components/inspector/trail-pane.tsx";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { type SearchParams, withParams } from "#/lib/inspector/inspector-filter.ts";
import { readDelivery } from "#/lib/inspector/read-delivery.ts";
import { readEvent } from "#/lib/inspector/read-event.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { replayDeliveryAction, replayEventAction } from "./actions.ts";

type OpenedRowProps = {
  tenant: TenantAccess;
  selection: { kind: "event" | "delivery"; id: string };
  query: SearchParams;
};

/** The panes beside the list: the one event, or the one delivery, that the address names. */
export function OpenedRow({ tenant, selection, query }: OpenedRowProps) {
  const closeHref = withParams(query, { event: undefined, delivery: undefined });
  const opened = { tenant, id: selection.id, query, closeHref };
  return selection.kind === "event" ? <OpenedEvent {...opened} /> : <OpenedDelivery {...opened} />;
}

type OpenedProps = { tenant: TenantAccess; id: string; query: SearchParams; closeHref: string };

async function OpenedEvent({ tenant, id, query, closeHref }: OpenedProps) {
  const event = await readEvent(database(), tenant.id, id);
  if (!event) return <NotThere closeHref={closeHref} />;
  const replay = may(tenant.role, "events:replay") ? (
    <ReplayButton
      title="Replay this event?"
      disabled={event.state === "pending"}
      action={replayEventAction.bind(null, tenant.slug, { id })}
    >
      It is worked on again at once, with the profile and the knowledge as they are now. A new card replaces
      the old one on the agent’s screen; the transcript line stays as it is.
    </ReplayButton>
  ) : null;
  return (
    <>
      <EventPane
        event={event}
        closeHref={closeHref}
        conversationHref={withParams(query, { conversation: event.conversation.id, after: undefined })}
        replay={replay}
      />
      <TrailPane
        event={event}
        eventHref={(other) => withParams(query, { event: other, delivery: undefined })}
      />
    </>
  );
}

async function OpenedDelivery({ tenant, id, closeHref }: OpenedProps) {
  const delivery = await readDelivery(database(), tenant.id, id);
  if (!delivery) return <NotThere closeHref={closeHref} />;
  const failed = delivery.state === "dead" || delivery.state === "parked";
  const replay = may(tenant.role, "events:replay") ? (
    <ReplayButton
      title="Replay this delivery?"
      disabled={!failed}
      action={replayDeliveryAction.bind(null, tenant.slug, { id })}
    >
      Its payload is read again at once. If it can be read now, its events are stored and worked on like any
      others; events that are known already stay as they are.
    </ReplayButton>
  ) : null;
  return <DeliveryPane delivery={delivery} closeHref={closeHref} replay={replay} />;
}

function NotThere({ closeHref }: { closeHref: string }) {
  return (
    <EmptyState
      title="This event does not exist"
      action={
        <Button asChild>
          <Link href={closeHref as never}>Back to the list</Link>
        </Button>
      }
    >
      The address names an event that this tenant does not have, or no longer has.
    </EmptyState>
  );
}
