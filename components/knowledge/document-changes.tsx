"use client";

import { RotateCw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import type { DocumentRow } from "#/lib/knowledge/list-documents.ts";
import { ActionButton, type Counted } from "./action-button.tsx";

export type DocumentChanges = {
  retry: (input: { documentIds: string[] }) => Promise<Counted>;
  remove: (input: { documentIds: string[] }) => Promise<Counted>;
};

type SelectionBarProps = { ids: string[]; changes: DocumentChanges; onDone: () => void };

/** What can be done with the documents that are chosen. */
export function SelectionBar({ ids, changes, onDone }: SelectionBarProps) {
  const words = ids.length === 1 ? "1 document" : `${ids.length} documents`;
  return (
    <section
      aria-label="Chosen documents"
      className="mb-2 flex flex-wrap items-center gap-3 rounded-md border border-accent-line bg-accent-fill px-3 py-2"
    >
      <span className="flex-1 tabular-nums" role="status">
        {words} chosen
      </span>
      <ActionButton
        run={() => changes.retry({ documentIds: ids })}
        onDone={(count) => {
          toast.success(count === ids.length ? `${words} queued.` : `${count} of ${words} queued.`);
          onDone();
        }}
        look={{ size: "sm" }}
      >
        <RotateCw aria-hidden /> Re-index
      </ActionButton>
      <ActionButton
        run={() => changes.remove({ documentIds: ids })}
        onDone={() => {
          toast.success(`${words} deleted.`);
          onDone();
        }}
        look={{ size: "sm", variant: "danger-quiet" }}
        ask={{
          title: `Delete ${words}?`,
          text: "Their passages are no longer suggested. Cards that were shown keep their text.",
          confirm: "Delete",
          keep: "Keep them",
          danger: true,
        }}
      >
        <Trash2 aria-hidden /> Delete…
      </ActionButton>
    </section>
  );
}

type DocumentDeleteProps = {
  document: Pick<DocumentRow, "id" | "title" | "chunkCount" | "siteId">;
  remove: DocumentChanges["remove"];
  /** Where to go when the page that shows it is gone with it. */
  then?: string;
};

export function DocumentDelete({ document, remove, then }: DocumentDeleteProps) {
  const router = useRouter();
  const back =
    document.siteId === undefined ? "" : " Its site's next crawl adds it again if the page is still there.";
  return (
    <ActionButton
      run={() => remove({ documentIds: [document.id] })}
      onDone={() => {
        toast.success("Deleted.");
        if (then !== undefined) router.push(then as never);
      }}
      look={
        then === undefined
          ? { variant: "ghost", size: "icon-sm", "aria-label": `Delete ${document.title}` }
          : { variant: "danger-quiet" }
      }
      ask={{
        title: `Delete ${document.title}?`,
        text: `Its ${document.chunkCount} passages are no longer suggested. Cards that were shown keep their text.${back}`,
        confirm: "Delete",
        keep: "Keep it",
        danger: true,
      }}
    >
      {then === undefined ? <Trash2 aria-hidden /> : "Delete…"}
    </ActionButton>
  );
}
