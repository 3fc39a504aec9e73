"use client";

import { ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Input } from "#/components/ui/input.tsx";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { QueueChoice } from "#/lib/routing/list-choices.ts";
import { matchingQueues } from "./matching-queues.ts";
import { QueueOption } from "./queue-option.tsx";

type QueueComboboxProps = {
  platform: PlatformId;
  queues: readonly QueueChoice[];
  chosen: QueueChoice | undefined;
  onChoose: (queue: QueueChoice | undefined) => void;
};

/** One of many queues, found by typing a part of its name or id. Arrows move, Enter takes, Escape closes. */
export function QueueCombobox({ platform, queues, chosen, onChoose }: QueueComboboxProps) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(chosen?.name ?? "");
  const [active, setActive] = useState(0);
  const typed = chosen && text === chosen.name ? "" : text;
  const { shown, total } = useMemo(() => matchingQueues(queues, typed), [queues, typed]);

  useEscape(open, () => setOpen(false));

  const choose = (queue: QueueChoice) => {
    onChoose(queue);
    setText(queue.name);
    setOpen(false);
  };
  const move = (by: number) => {
    setOpen(true);
    setActive(open ? Math.min(Math.max(active + by, 0), shown.length - 1) : 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const by = steps[event.key];
    const queue = shown[active];
    if (by !== undefined) move(by);
    else if (event.key === "Enter" && open && queue) choose(queue);
    else return;
    event.preventDefault();
    // Enter in a form's field would send the form.
    event.stopPropagation();
  };

  return (
    <div className="relative">
      <Input
        role="combobox"
        name=""
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={`Search ${queues.length.toLocaleString("en")} queues`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
          onChoose(undefined);
        }}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <ChevronsUpDown
        className="pointer-events-none absolute top-2 right-2.5 size-4 text-muted"
        aria-hidden
      />
      <input type="hidden" name="queueId" value={chosen?.id ?? ""} />
      <input type="hidden" name="queueName" value={chosen?.name ?? ""} />
      {open ? (
        <div className="absolute inset-x-0 top-full z-50 mt-1 overflow-hidden rounded-md bg-raised shadow-float">
          <QueueList
            listId={listId}
            platform={platform}
            queues={shown}
            active={active}
            chosenId={chosen?.id}
            onPoint={setActive}
            onChoose={choose}
          />
          <p role="status" className="border-t px-3 py-1.5 text-xs text-muted tabular-nums">
            {countWords(shown.length, total)}
          </p>
        </div>
      ) : null}
    </div>
  );
}

/** The panel around it closes on Escape too and listens at the document, so this one has to be asked before. */
function useEscape(active: boolean, close: () => void): void {
  const act = useRef(close);
  act.current = close;
  useEffect(() => {
    if (!active) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      act.current();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [active]);
}

type QueueListProps = {
  listId: string;
  platform: PlatformId;
  queues: readonly QueueChoice[];
  active: number;
  chosenId: string | undefined;
  onPoint: (index: number) => void;
  onChoose: (queue: QueueChoice) => void;
};

function QueueList({ listId, platform, queues, active, chosenId, onPoint, onChoose }: QueueListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={listId} role="listbox" aria-label="Queues" className="max-h-72 overflow-y-auto p-1">
      {queues.map((queue, index) => (
        <QueueOption
          key={queue.id}
          id={`${listId}-${index}`}
          platform={platform}
          queue={queue}
          active={index === active}
          selected={queue.id === chosenId}
          onPoint={() => onPoint(index)}
          onChoose={() => onChoose(queue)}
        />
      ))}
    </div>
  );
}

function countWords(shown: number, total: number): string {
  if (total === 0) return "No queue has this in its name or id. Enter takes it as an id.";
  if (shown < total) return `${shown} of ${total}: type more to narrow it down`;
  return `${total} ${total === 1 ? "queue" : "queues"}`;
}
