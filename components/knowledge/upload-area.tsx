"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { type DragEvent, useRef, useState } from "react";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { cn } from "#/components/ui/class-names.ts";
import { MAX_UPLOAD_BYTES, UPLOAD_EXTENSIONS } from "#/lib/knowledge/knowledge-form.ts";
import { uploadFile } from "./upload-file.ts";

type Sent = {
  key: string;
  name: string;
  share: number;
  done?: { state: "ok" | "warn" | "error"; word: string };
};

/** Files by choice or by drop, several at once; each says how far it is and what became of it. */
export function UploadArea({ address }: { address: string }) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<Sent[]>([]);
  const change = (key: string, to: Partial<Sent>) =>
    setSent((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));

  const sendAll = async (files: readonly File[]) => {
    const batch = files.map((file) => ({ file, key: crypto.randomUUID() }));
    setSent(batch.map(({ file, key }) => ({ key, name: file.name, share: 0 })));
    // One after another: progress stays readable, and the order of the list is the order of the work.
    for (const { file, key } of batch) {
      const done = await sendOne(address, file, (share) => change(key, { share }));
      change(key, { share: 1, done });
    }
    router.refresh();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void sendAll([...event.dataTransfer.files]);
  };

  return (
    <section
      aria-label="Upload files"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex flex-col gap-3 rounded-md border border-dashed border-line-strong p-4",
        over && "border-accent-line bg-accent-fill",
      )}
    >
      <div className="flex flex-wrap items-center gap-3">
        <Upload className="size-5 text-muted" aria-hidden />
        <p className="min-w-40 flex-1">
          Drop files here
          <span className="block text-sm text-muted">Markdown, text or HTML, 5 MB each at most</span>
        </p>
        <Button onClick={() => input.current?.click()}>Choose files</Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={UPLOAD_EXTENSIONS.join(",")}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = "";
            void sendAll(files);
          }}
        />
      </div>
      {sent.length > 0 ? <SentList sent={sent} /> : null}
    </section>
  );
}

async function sendOne(
  address: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<Sent["done"]> {
  if (file.size > MAX_UPLOAD_BYTES) return { state: "error", word: "Larger than 5 MB: split it." };
  try {
    const answer = await uploadFile(address, file, onProgress);
    if (answer.outcome === "duplicate")
      return { state: "warn", word: `Same content as ${answer.of}: not added` };
    return { state: "ok", word: answer.outcome };
  } catch (error) {
    return { state: "error", word: error instanceof Error ? error.message : "It could not be sent." };
  }
}

function SentList({ sent }: { sent: readonly Sent[] }) {
  return (
    <ul aria-live="polite" className="flex max-h-48 flex-col gap-1 overflow-y-auto text-sm">
      {sent.map(({ key, name, share, done }) => (
        <li key={key} className="flex flex-wrap items-center gap-x-3">
          <span className="min-w-0 flex-1 truncate">{name}</span>
          {done ? (
            <StateBadge state={done.state} look="plain">
              {done.word}
            </StateBadge>
          ) : (
            <progress
              value={share}
              max={1}
              aria-label={`Sending ${name}`}
              className="h-1.5 w-32 accent-accent"
            />
          )}
        </li>
      ))}
    </ul>
  );
}
