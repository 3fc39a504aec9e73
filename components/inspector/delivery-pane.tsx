import type { ReactNode } from "react";
import type { DeliveryDetail } from "#/lib/inspector/read-delivery.ts";
import { StateBadge } from "../ui/badge.tsx";
import { Facts } from "../ui/card.tsx";
import { cn } from "../ui/class-names.ts";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { ShortId } from "../ui/short-id.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { Attempts } from "./attempts.tsx";
import { CloseLink } from "./event-pane.tsx";
import { Pane } from "./pane.tsx";
import { Payload } from "./payload.tsx";

const STATES = {
  dead: { state: "error", word: "Dead" },
  parked: { state: "info", word: "Parked" },
  stored: { state: "busy", word: "Waiting" },
  processed: { state: "ok", word: "Processed" },
} as const;

type DeliveryPaneProps = { delivery: DeliveryDetail; closeHref: string; replay: ReactNode };

/** A delivery that became no event: why, and what it was. */
export function DeliveryPane({ delivery, closeHref, replay }: DeliveryPaneProps) {
  const { state, word } = STATES[delivery.state as keyof typeof STATES] ?? STATES.stored;
  return (
    <Pane
      label="Delivery"
      title={
        <>
          <CloseLink href={closeHref} look="back" />
          <h2 className="text-base font-semibold">Unread delivery</h2>
          <StateBadge state={state}>{word}</StateBadge>
        </>
      }
      actions={
        <>
          {replay}
          <CloseLink href={closeHref} look="cross" />
        </>
      }
    >
      {delivery.reason ? (
        <pre
          className={cn(
            "rounded-md border px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap",
            delivery.state === "dead" && "border-error-line/50 bg-error-fill text-error",
          )}
        >
          {delivery.reason}
        </pre>
      ) : null}
      {delivery.state === "parked" ? (
        <p className="text-muted">
          Its platform sent something that this version does not know. Nothing is wrong with it: replay it
          after an upgrade.
        </p>
      ) : null}
      <Facts
        items={[
          { term: "Delivery", value: <ShortId id={delivery.id} label="delivery id" /> },
          { term: "Received", value: <RelativeTime at={delivery.receivedAt} /> },
          { term: "Door", value: delivery.door },
          { term: "Message id", value: <ShortId id={delivery.messageId} label="message id" /> },
          {
            term: "Connection",
            value: (
              <span className="flex items-center gap-1.5">
                <PlatformMark platform={delivery.connection.platform} size={16} />
                {delivery.connection.name}
              </span>
            ),
          },
          { term: "Attempts", value: `${delivery.attempts} failed` },
        ]}
      />
      <Attempts failures={delivery.failures} />
      <Payload title="Raw payload" payload={delivery.payload} open />
    </Pane>
  );
}
