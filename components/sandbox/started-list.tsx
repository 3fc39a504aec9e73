"use client";

import { ExternalLink, PhoneOff } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { type State, StateBadge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ShortId } from "../ui/short-id.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { elapsedWords } from "../widget/line-words.ts";
import type { SandboxCallState, Started } from "./call-state.ts";

const POLL_MS = 1_000;

const STATES: Record<SandboxCallState["state"], { state: State; word: string }> = {
  ringing: { state: "waiting", word: "Ringing" },
  dialling: { state: "busy", word: "Connecting" },
  streaming: { state: "ok", word: "On the call" },
  paused: { state: "warn", word: "Paused" },
  ended: { state: "off", word: "Ended" },
};

/** What was started here, and how it is. */
export function StartedList({ slug, started }: { slug: string; started: readonly Started[] }) {
  if (started.length === 0)
    return (
      <EmptyState title="Nothing started yet">
        Start a demo call: what the customer says, and what the widget answers, shows on the page that opens.
      </EmptyState>
    );
  return (
    <Card padding="none">
      <div className="px-4 pt-4">
        <CardHeader title="Started here" />
      </div>
      <ul>
        {started.map((one) => (
          <li key={one.id} className="border-t px-4 py-3">
            {one.kind === "call" ? <CallRow slug={slug} one={one} /> : <Row one={one} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

type RowProps = { one: Started; time?: string; state?: ReactNode; hangUp?: ReactNode };

function Row({ one, time, state, hangUp }: RowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium break-words">
          {one.label}
          {state}
        </p>
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
          <RelativeTime at={one.startedAt} />
          {time ? <span className="tabular-nums">{time}</span> : null}
          <ShortId id={one.conversationId} label="conversation id" />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {hangUp}
        <Button asChild size="sm">
          <a href={one.hostPage} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden />
            Agent’s page
          </a>
        </Button>
      </div>
    </div>
  );
}

/** Asks how a call is until it has ended, and can end it. */
function useCall(slug: string, id: string) {
  const [call, setCall] = useState<SandboxCallState>();
  const [problem, setProblem] = useState<string>();
  const address = `/${slug}/sandbox/calls/${id}`;
  const ended = call?.state === "ended";

  const ask = async (method: "GET" | "DELETE") => {
    const response = await fetch(address, { method }).catch(() => undefined);
    const body = await response?.json().catch(() => undefined);
    if (response?.ok) {
      setCall(body);
      setProblem(undefined);
    } else setProblem(body?.error?.message ?? "The server does not answer; trying again.");
  };
  useEffect(() => {
    if (ended) return;
    const timer = setInterval(() => void ask("GET"), POLL_MS);
    return () => clearInterval(timer);
  });
  return { call, problem, hangUp: () => void ask("DELETE") };
}

function CallRow({ slug, one }: { slug: string; one: Started }) {
  const { call, problem, hangUp } = useCall(slug, one.id);
  const ended = call?.state === "ended";
  const failed = ended && call.outcome !== "completed";
  const { state, word } = shownState(call, failed);
  const trouble = [problem, failed ? call.detail : undefined, ...(call?.violations ?? [])].filter(Boolean);
  return (
    <>
      <Row
        one={one}
        time={call ? timeOf(call) : undefined}
        state={<StateBadge state={state}>{word}</StateBadge>}
        hangUp={
          call && !ended ? (
            <Button size="sm" variant="danger-quiet" onClick={hangUp}>
              <PhoneOff aria-hidden />
              Hang up
            </Button>
          ) : null
        }
      />
      {trouble.length > 0 ? (
        <p role="alert" className="mt-2 text-sm break-words text-error">
          {trouble.join(" ")}
        </p>
      ) : null}
    </>
  );
}

function shownState(call: SandboxCallState | undefined, failed: boolean): { state: State; word: string } {
  if (!call) return { state: "busy", word: "Asking" };
  return failed ? { state: "error", word: "Failed" } : STATES[call.state];
}

/** "00:52 of 01:40": two clocks that can be compared at a glance. */
const timeOf = ({ elapsedMs, totalMs }: SandboxCallState) =>
  totalMs ? `${elapsedWords(elapsedMs)} of ${elapsedWords(totalMs)}` : elapsedWords(elapsedMs);
