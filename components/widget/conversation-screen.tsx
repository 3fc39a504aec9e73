"use client";

import { useRef, useState } from "react";
import { AskBox } from "./ask-box.tsx";
import { AssistPane } from "./assist-pane.tsx";
import { CardActions } from "./card-actions.tsx";
import { Composer, WriteButton } from "./composer.tsx";
import type { CardView, ConversationView } from "./conversation-view.ts";
import { KeysPanel } from "./keys-panel.tsx";
import { type PaneName, Panes, useNarrow } from "./panes.tsx";
import { PassagePanel } from "./passage-panel.tsx";
import { SendQueue } from "./send-queue.tsx";
import { StatusBars } from "./status-bars.tsx";
import type { Opening } from "./suggestion-card.tsx";
import { SummaryPane } from "./summary-pane.tsx";
import type { Talk } from "./talks.ts";
import { TranscriptPane } from "./transcript-pane.tsx";
import { useAsking } from "./use-asking.ts";
import { useCardWork } from "./use-card-work.ts";
import { useConversation } from "./use-conversation.ts";
import { type DeskOptions, useDesk } from "./use-desk.ts";
import { useReading } from "./use-reading.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { WidgetHeader } from "./widget-header.tsx";

type ConversationScreenProps = DeskOptions & {
  talk: Talk;
  /** Absent where the desktop takes no text from us. */
  insert?: (text: string) => void;
};

/** One conversation: what the agent reads while the customer talks. */
export function ConversationScreen({ talk, insert, ...outlets }: ConversationScreenProps) {
  const { link, status } = talk;
  const view = useConversation(talk);
  const screen = useScreen();
  const reading = useReading(view.answers, screen.assistRef, screen.opening !== undefined);
  const card = view.answers.find(({ key }) => key === reading.openKey) as CardView | undefined;
  const desk = useDesk(talk, view, outlets);
  const work = useCardWork(card, link, { insert, send: desk.write });
  const { ask, pending } = useAsking(link, view.answers);

  const openSource = (from: CardView, opening: Opening) => {
    screen.setOpening(opening);
    if (from.suggestionId) link?.feedback(from.suggestionId, "opened", opening.source.chunkId);
  };
  useShortcuts({
    ...screen.shortcuts,
    ...cardShortcuts(card, { ...work, onSend: desk.blocked ? undefined : work.onSend }, openSource),
    m: desk.write && (() => desk.write?.()),
    n: reading.letIn,
    j: () => reading.open(neighborOf(view, reading.openKey, 1)),
    k: () => reading.open(neighborOf(view, reading.openKey, -1)),
  });

  return (
    <div className="flex h-dvh max-h-full flex-col overflow-hidden text-sm">
      <WidgetHeader session={view.session} link={status.state} onKeys={screen.toggleKeys} />
      <main className="relative flex min-h-0 flex-1 flex-col">
        <Panes
          {...screen.panes}
          assist={
            <AssistPane
              {...reading}
              asked={
                pending && !pending.problem ? (
                  <AskedLine text={pending.text} late={pending.late} />
                ) : undefined
              }
              started={view.session.state !== "waiting"}
              onOpenCard={reading.open}
              onOpenSource={openSource}
              onLetIn={reading.letIn}
              actionsOf={() => <CardActions {...work} sendBlocked={desk.blocked} />}
            />
          }
          transcript={
            <>
              <TranscriptPane lines={view.lines} />
              {desk.write && !desk.composer ? <WriteButton onClick={() => desk.write?.()} /> : null}
            </>
          }
          summary={
            <SummaryPane
              {...desk}
              conversationId={talk.conversationId}
              view={view}
              link={link}
              live={status.state === "live"}
              visible={screen.panes.pane === "summary"}
            />
          }
        />
        {screen.opening && link ? (
          <PassagePanel
            opening={screen.opening}
            read={link.passage}
            onClose={() => screen.setOpening(undefined)}
          />
        ) : null}
        {screen.keys ? <KeysPanel onClose={screen.toggleKeys} /> : null}
      </main>
      <StatusBars status={status} trouble={view.trouble} paused={view.session.paused} />
      <SendQueue writes={view.writes} work={desk.work} blocked={desk.blocked} />
      {desk.composer ? <Composer work={desk.composer} blocked={desk.blocked} /> : null}
      <AskBox input={screen.askRef} onAsk={ask} problem={pending?.problem} />
    </div>
  );
}

function AskedLine({ text, late }: { text: string; late?: boolean }) {
  return (
    <p className="truncate text-muted">
      {late ? "No answer yet: " : "Searching: "}
      {text}
    </p>
  );
}

/** What is open, shown and folded, and the keys for it. */
function useScreen() {
  const assistRef = useRef<HTMLElement>(null);
  const askRef = useRef<HTMLTextAreaElement>(null);
  const narrow = useNarrow();
  const [pane, setPane] = useState<PaneName>("assist");
  const [folded, setFolded] = useState(false);
  const [keys, setKeys] = useState(false);
  const [opening, setOpening] = useState<Opening>();

  const toggleTranscript = () => {
    if (narrow) return setPane(pane === "transcript" ? "assist" : "transcript");
    if (pane !== "summary") setFolded((before) => !before);
    setPane("transcript");
  };
  const show = (next: PaneName) => {
    setPane(next);
    setFolded(false);
  };
  const toggleKeys = () => setKeys((before) => !before);
  const close = () => {
    setOpening(undefined);
    setKeys(false);
  };
  return {
    assistRef,
    askRef,
    opening,
    setOpening,
    keys,
    toggleKeys,
    panes: {
      narrow,
      pane,
      onPane: show,
      folded,
      onFold: () => setFolded((before) => !before),
      assistRef,
    },
    shortcuts: {
      t: toggleTranscript,
      w: () => show(pane === "summary" ? "assist" : "summary"),
      "?": toggleKeys,
      "/": () => askRef.current?.focus(),
      Escape: opening || keys ? close : undefined,
    },
  };
}

type Work = ReturnType<typeof useCardWork>;

function cardShortcuts(
  card: CardView | undefined,
  work: Work,
  openSource: (card: CardView, opening: Opening) => void,
) {
  if (!card || card.draft !== undefined) return {};
  const sources = card.sources.map((source) => {
    const spans = card.sentences.flatMap(({ citations }) => citations.filter(({ n }) => n === source.n));
    return [String(source.n), () => openSource(card, { source, spans })] as const;
  });
  return {
    ...Object.fromEntries(sources),
    c: work.onCopy,
    i: work.onInsert,
    s: work.onSend,
    "+": () => work.onVerdict("up"),
    "=": () => work.onVerdict("up"),
    "-": () => work.onVerdict("down"),
  };
}

/** The card after (1) or before (-1) the open one; at the ends it stays. */
function neighborOf(
  { answers }: ConversationView,
  openKey: string | undefined,
  step: number,
): string | undefined {
  const cards = answers.filter(({ kind }) => kind === "card");
  const at = cards.findIndex(({ key }) => key === openKey);
  return cards[Math.min(cards.length - 1, Math.max(0, at + step))]?.key;
}
