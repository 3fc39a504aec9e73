import { ChevronRight } from "lucide-react";
import type { RedactedJson } from "#/lib/inspector/read-event.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { ScrollArea } from "../ui/scroll-area.tsx";

const KIND_WORDS: Record<string, [one: string, many: string]> = {
  email: ["e-mail address", "e-mail addresses"],
  card: ["card number", "card numbers"],
  iban: ["bank account", "bank accounts"],
  phone: ["phone number", "phone numbers"],
  number: ["long number", "long numbers"],
};

export function redactionWords(counts: RedactedJson["counts"]): string {
  const parts = Object.entries(counts).map(([kind, n]) => {
    const [one, many] = KIND_WORDS[kind] ?? [kind, kind];
    return `${n} ${n === 1 ? one : many}`;
  });
  return parts.length === 0 ? "Nothing was redacted." : `Redacted: ${parts.join(", ")}.`;
}

type PayloadProps = { title: string; payload: RedactedJson; open?: boolean };

/** JSON to unfold, with what was taken out of it; the copy is redacted as well. */
export function Payload({ title, payload, open }: PayloadProps) {
  return (
    <details open={open} className="group rounded-md border">
      <summary className="flex min-h-9 flex-wrap items-center gap-x-2 px-3 py-1.5 text-sm">
        <ChevronRight
          className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
          aria-hidden
        />
        <span className="font-medium">{title}</span>
        <span className="text-muted">{redactionWords(payload.counts)}</span>
      </summary>
      <div className="relative border-t">
        <div className="absolute top-1 right-1 z-10 rounded-md bg-surface">
          <CopyButton text={payload.json} label={`Copy the ${title.toLowerCase()}, redacted`} />
        </div>
        <ScrollArea label={title} maxHeight="24rem">
          <pre className="p-3 pr-10 font-mono text-xs break-words whitespace-pre-wrap">{payload.json}</pre>
        </ScrollArea>
      </div>
    </details>
  );
}
