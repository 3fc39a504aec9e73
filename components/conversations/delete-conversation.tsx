"use client";

import { useRouter } from "next/navigation";
import { toast } from "sonner";
import type { ConversationFigures } from "#/lib/conversations/conversation-detail.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmByName } from "../ui/confirm-by-name.tsx";
import { shortenId } from "../ui/shorten.ts";

type DeleteConversationProps = {
  platformId: string;
  figures: ConversationFigures;
  live: boolean;
  listHref: string;
  action: () => Promise<{ ok: true } | { ok: false; message: string }>;
};

/** On request of the person who spoke; cannot be undone, so the id is typed. */
export function DeleteConversation(props: DeleteConversationProps) {
  const { platformId, figures, live, listHref, action } = props;
  const router = useRouter();
  return (
    <ConfirmByName
      trigger={<Button variant="danger-quiet">Delete</Button>}
      title="Delete this conversation?"
      name={shortName(platformId)}
      confirmLabel="Delete for good"
      action={action}
      onDone={() => {
        toast.success("The conversation was deleted.");
        router.replace(listHref as never);
      }}
    >
      <p>
        Its transcript, {figures.events} {figures.events === 1 ? "event" : "events"} with their payloads,{" "}
        {figures.shown} {figures.shown === 1 ? "suggestion" : "suggestions"} with the agents’ feedback, its
        summary and its write-backs are deleted. Analytics count it no longer. This cannot be undone.
      </p>
      <p className="mt-2 text-sm text-muted">
        What was written to the platform stays there. Only ids are kept, so that the platform cannot bring it
        back by sending it again.
        {live ? " It still goes on: what is said from now on starts a new conversation." : ""}
      </p>
    </ConfirmByName>
  );
}

/** Long ids are typed by their last part: enough to know it is this one. */
function shortName(id: string): string {
  return id.length <= 16 ? id : (id.split("-").at(-1) ?? shortenId(id)).slice(-12);
}
