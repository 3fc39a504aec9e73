"use client";

import { Check } from "lucide-react";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { QueueChoice } from "#/lib/routing/list-choices.ts";
import { GoneSince } from "./gone-since.tsx";

type QueueOptionProps = {
  id: string;
  platform: PlatformId;
  queue: QueueChoice;
  active: boolean;
  selected: boolean;
  onPoint: () => void;
  onChoose: () => void;
};

export function QueueOption({ id, platform, queue, active, selected, onPoint, onChoose }: QueueOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox's input has the focus and takes the keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-more`}
      aria-selected={selected}
      data-active={active || undefined}
      className="relative flex min-h-7 cursor-default flex-col justify-center rounded-sm py-1 pr-8 pl-2 data-active:bg-hover"
      onPointerMove={onPoint}
      // The input must keep the focus, or the list closes before the click arrives.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span id={`${id}-name`} className="truncate">
        {queue.name}
      </span>
      <span id={`${id}-more`} className="truncate">
        {queue.goneAt ? <GoneSince platform={platform} at={queue.goneAt} /> : <QueueId queue={queue} />}
      </span>
      {selected ? <Check className="absolute top-2 right-2 size-4 text-accent-text" aria-hidden /> : null}
    </div>
  );
}

function QueueId({ queue }: { queue: QueueChoice }) {
  if (queue.id === queue.name) return null;
  return <span className="font-mono text-xs text-muted">{queue.id}</span>;
}
