"use client";

import { Keyboard } from "lucide-react";
import { useEffect, useState } from "react";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import type { LinkState } from "./conversation-link.ts";
import type { SessionView } from "./conversation-view.ts";
import { elapsedWords, languageName } from "./words.ts";

type WidgetHeaderProps = { session: SessionView; link: LinkState; onKeys(): void };

/** State, queue, language and time, in one line that never wraps. */
export function WidgetHeader({ session, link, onKeys }: WidgetHeaderProps) {
  const { queue, agent, language } = session;
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-b bg-surface pr-1 pl-3">
      <h1 className="sr-only">Agent Assist</h1>
      <SessionState session={session} link={link} />
      <span
        className="min-w-0 flex-1 truncate font-medium"
        title={[queue, agent].filter(Boolean).join(" · ")}
      >
        {queue ?? (session.channel === "chat" ? "Chat" : session.channel === "voice" ? "Call" : "")}
      </span>
      {language ? (
        <abbr title={languageName(language)} className="shrink-0 text-xs text-muted uppercase no-underline">
          {language.split("-")[0]}
        </abbr>
      ) : null}
      <Elapsed session={session} />
      <Button variant="ghost" size="icon-sm" aria-label="Keys" title="Keys (?)" onClick={onKeys}>
        <Keyboard aria-hidden />
      </Button>
    </header>
  );
}

function SessionState({ session, link }: Omit<WidgetHeaderProps, "onKeys">) {
  if (link === "connecting") return <StateBadge state="busy">connecting</StateBadge>;
  if (link !== "live") return <StateBadge state="warn">offline</StateBadge>;
  if (session.state === "ended") return <StateBadge state="off">ended</StateBadge>;
  if (session.state === "waiting") return <StateBadge state="waiting">waiting</StateBadge>;
  if (session.paused) return <StateBadge state="off">paused</StateBadge>;
  return <StateBadge state="ok">live</StateBadge>;
}

function Elapsed({ session: { state, startedAt, lastAt } }: { session: SessionView }) {
  const [now, setNow] = useState(Date.now);
  const runs = state === "active" && startedAt !== undefined;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [runs]);
  if (!startedAt) return null;
  const end = runs ? now : Date.parse(lastAt ?? startedAt);
  return (
    <time
      className="shrink-0 text-xs text-muted tabular-nums"
      title={`Since ${new Date(startedAt).toLocaleTimeString()}`}
    >
      {elapsedWords(end - Date.parse(startedAt))}
    </time>
  );
}
