"use client";

import { useEffect, useRef, useState } from "react";
import type { WriteBack } from "#/lib/connectors/widget-provider.ts";
import type { WriteIntent } from "#/lib/events/write-back.ts";
import type { ConversationLink } from "./conversation-link.ts";
import type { WriteView } from "./desk-view.ts";
import type { WriteEnd } from "./perform-write.ts";
import { createWriter, type Order, type Writer } from "./writer.ts";

/** The server's own limit and a little; a clock that goes wrong only makes it later. */
const GONE_AFTER_MS = 32_000;
const LOOK_EVERY_MS = 5_000;

export type Writes = {
  /** What is being asked for and not recorded yet, with what went wrong. */
  asking: ReadonlyMap<string, { problem?: string }>;
  begin(order: Order): void;
  discard(write: WriteView): void;
};

type Desk = {
  conversationId: string;
  link: ConversationLink | undefined;
  /** Absent where the platform takes nothing, or not now. */
  platform: WriteBack | undefined;
};

/** By its link: what a page performs goes on while another conversation is on screen. */
const writers = new WeakMap<ConversationLink, Writer>();

function writerOn(link: ConversationLink): Writer {
  const known = writers.get(link) ?? createWriter();
  writers.set(link, known);
  return known;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Said in the agent's words where it is shown. */
export const UNREACHED = "unreached";

function problemOf(ended: WriteEnd): { problem: string } | undefined {
  if (ended.end === "refused") return { problem: ended.message };
  return ended.end === "unreached" ? { problem: UNREACHED } : undefined;
}

/** Has things written to the platform, and sees to those whose performer went silent: nothing is left unresolved. */
export function useWrites({ conversationId, link, platform }: Desk, writes: readonly WriteView[]): Writes {
  const [asking, setAsking] = useState<Writes["asking"]>(new Map());
  const note = (writeId: string, state: { problem?: string } | undefined) =>
    setAsking((before) => {
      const next = new Map(before);
      if (state) next.set(writeId, state);
      else next.delete(writeId);
      return next;
    });

  const perform = async (order: Order) => {
    if (!link || !platform) return;
    const { write, written } = link;
    const desk = { conversationId, platform, write, written, now: Date.now, sleep };
    const performed = writerOn(link).begin(desk, order);
    if (order.after?.how !== "resume") note(order.writeId, {});
    const ended = await performed;
    if (ended) note(order.writeId, problemOf(ended));
  };

  useResume(writes, Boolean(link && platform), (order) => void perform(order));

  return {
    asking,
    begin: (order) => void perform(order),
    discard: ({ writeId, attempt }) =>
      void link?.written({ writeId, attempt, report: { kind: "discarded" } }).catch(() => {}),
  };
}

type Resume = { writeId: string; intent: WriteIntent; after: { attempt: number; how: "resume" } };

/** After a reload, or where another page died: what is still "sending" is looked after once its performer must be gone. */
function useResume(writes: readonly WriteView[], able: boolean, resume: (order: Resume) => void) {
  const latest = useRef({ writes, resume });
  useEffect(() => {
    latest.current = { writes, resume };
  });
  const seenAt = useRef(new Map<string, number>());
  const open = writes.some(({ state }) => state === "sending");
  useEffect(() => {
    if (!open || !able) return;
    const look = () => {
      for (const { writeId, attempt, state, intent, changedAt } of latest.current.writes) {
        if (state !== "sending") continue;
        const key = `${writeId} ${attempt}`;
        const seen = seenAt.current.get(key) ?? Date.now();
        seenAt.current.set(key, seen);
        if (Date.now() - Math.min(seen, Date.parse(changedAt)) < GONE_AFTER_MS) continue;
        latest.current.resume({ writeId, intent, after: { attempt, how: "resume" } });
      }
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [open, able]);
}
