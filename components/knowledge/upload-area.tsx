"use client";

import { Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { cn } from "#/components/ui/class-names.ts";
import { UPLOAD_EXTENSIONS, UPLOAD_KINDS, UPLOAD_LIMIT } from "#/lib/knowledge/knowledge-form.ts";
import { SentList } from "./sent-list.tsx";
import { useUploads } from "./use-uploads.ts";

/** Files by choice or by drop, many at once; each says how far it is, what became of it, and can be sent again. */
export function UploadArea({ address }: { address: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { sent, send, retry, clear } = useUploads(address);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    send([...event.dataTransfer.files]);
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
          <span className="block text-sm text-muted">
            {UPLOAD_KINDS}, {UPLOAD_LIMIT} each at most
          </span>
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
            send(files);
          }}
        />
      </div>
      {sent.length > 0 ? <SentList sent={sent} retry={retry} clear={clear} /> : null}
    </section>
  );
}
