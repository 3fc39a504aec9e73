"use client";

import { FileAudio, MessageSquare, Mic, Phone } from "lucide-react";
import { cn } from "../ui/class-names.ts";
import { SOURCES, type Source } from "./call-state.ts";

const ICONS = {
  "demo-1": Phone,
  "demo-2": Phone,
  chat: MessageSquare,
  upload: FileAudio,
  microphone: Mic,
} as const;

type SourceChoiceProps = {
  value: Source;
  onChange: (source: Source) => void;
  onFile: (file: File | undefined) => void;
};

/** Who the customer is: a recording, a person who types, or a person who speaks. */
export function SourceChoice({ value, onChange, onFile }: SourceChoiceProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">The customer</legend>
      <div className="overflow-hidden rounded-md border">
        {SOURCES.map((source) => {
          const Icon = ICONS[source.value];
          const chosen = source.value === value;
          return (
            <div key={source.value} className={cn("border-b last:border-b-0", chosen && "bg-selected")}>
              <label className="flex items-start gap-3 px-3 py-2 has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-2 has-[:focus-visible]:outline-accent-line">
                <input
                  type="radio"
                  name="source"
                  value={source.value}
                  checked={chosen}
                  onChange={() => onChange(source.value)}
                  className="mt-1 accent-(--accent)"
                />
                <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
                <span className="min-w-0">
                  <span className="block">{source.label}</span>
                  <span className="block text-sm text-muted">{source.hint}</span>
                </span>
              </label>
              {chosen && source.value === "upload" ? (
                <input
                  type="file"
                  accept=".wav,audio/wav,audio/x-wav"
                  aria-label="WAV file"
                  onChange={(event) => onFile(event.target.files?.[0])}
                  className="mb-3 ml-10 max-w-[calc(100%-3rem)] text-sm file:mr-3 file:h-7 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-2 file:text-text"
                />
              ) : null}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
