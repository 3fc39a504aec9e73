"use client";

import { ExternalLink, PhoneOff } from "lucide-react";
import { useEffect, useState } from "react";
import { type State, StateBadge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ShortId } from "../ui/short-id.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { durationWords } from "../ui/time-words.ts";
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
          <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-3">
            <div className="min-w-40 flex-1">
              <p className="font-medium break-words">{one.label}</p>
              <p className="flex flex-wrap gap-x-2 text-sm text-muted">
                <RelativeTime at={one.startedAt} />
                <ShortId id={one.conversationId} label="conversation id" />
              </p>
            </div>
            {one.kind === "call" ? <CallControls slug={slug} id={one.id} /> : null}
            <Button asChild size="sm">
              <a href={one.hostPage} target="_blank" rel="noreferrer">
                <ExternalLink aria-hidden />
                Agent’s page
              </a>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Asks how a call is until it has ended, and can end it. */
function CallControls({ slug, id }: { slug: string; id: string }) {
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

  if (!call) return <span className="text-sm text-muted">{problem ?? "Asking…"}</span>;
  const failed = ended && call.outcome !== "completed";
  const { state, word } = failed ? { state: "error" as const, word: "Failed" } : STATES[call.state];
  return (
    <>
      <StateBadge state={state}>{word}</StateBadge>
      <span className="text-sm text-muted tabular-nums">
        {durationWords(call.elapsedMs)}
        {call.totalMs ? ` of ${durationWords(call.totalMs)}` : ""}
      </span>
      {ended ? null : (
        <Button size="sm" variant="danger-quiet" onClick={() => void ask("DELETE")}>
          <PhoneOff aria-hidden />
          Hang up
        </Button>
      )}
      {problem || failed || call.violations.length > 0 ? (
        <p role="alert" className="order-last w-full text-sm break-words text-error">
          {[problem, failed ? call.detail : undefined, ...call.violations].filter(Boolean).join(" ")}
        </p>
      ) : null}
    </>
  );
}
