"use client";

import { Keyboard } from "lucide-react";
import { useEffect, useState } from "react";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import type { LinkState } from "./conversation-link.ts";
import type { SessionView } from "./conversation-view.ts";
import { elapsedWords } from "./line-words.ts";
import { useBranding } from "./use-branding.tsx";
import { useWords } from "./use-words.tsx";

type WidgetHeaderProps = { session: SessionView; link: LinkState; onKeys(): void };

/** State, queue, language and time, in one line that never wraps. */
export function WidgetHeader({ session, link, onKeys }: WidgetHeaderProps) {
  const { t, languageName } = useWords();
  const { logo, title } = useBranding();
  const { queue, agent, language } = session;
  const channel = session.channel && t(session.channel === "chat" ? "header.chat" : "header.call");
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-b bg-surface pr-1 pl-3">
      {/* biome-ignore lint/performance/noImgElement: a data address of a few kilobytes; there is nothing to fetch. */}
      {logo ? <img src={logo} alt="" className="h-5 max-w-16 shrink-0 object-contain" /> : null}
      <h1 className="sr-only">{title ?? t("app.title")}</h1>
      <SessionState session={session} link={link} />
      <span
        className="min-w-0 flex-1 truncate font-medium"
        title={[queue, agent].filter(Boolean).join(" · ")}
      >
        {queue ?? channel ?? title}
      </span>
      {language ? (
        <abbr title={languageName(language)} className="shrink-0 text-xs text-muted uppercase no-underline">
          {language.split("-")[0]}
        </abbr>
      ) : null}
      <Elapsed session={session} />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("header.keys")}
        title={`${t("header.keys")} (?)`}
        onClick={onKeys}
      >
        <Keyboard aria-hidden />
      </Button>
    </header>
  );
}

function SessionState({ session, link }: Omit<WidgetHeaderProps, "onKeys">) {
  const { t } = useWords();
  if (link === "connecting") return <StateBadge state="busy">{t("state.connecting")}</StateBadge>;
  if (link !== "live") return <StateBadge state="warn">{t("state.offline")}</StateBadge>;
  if (session.state === "ended") return <StateBadge state="off">{t("state.ended")}</StateBadge>;
  if (session.state === "waiting") return <StateBadge state="waiting">{t("state.waiting")}</StateBadge>;
  if (session.paused) return <StateBadge state="off">{t("state.paused")}</StateBadge>;
  return <StateBadge state="ok">{t("state.live")}</StateBadge>;
}

function Elapsed({ session: { state, startedAt, lastAt } }: { session: SessionView }) {
  const { t, exactTime } = useWords();
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
      title={t("header.since", { time: exactTime(startedAt) })}
    >
      {elapsedWords(end - Date.parse(startedAt))}
    </time>
  );
}
