"use client";

import { AskBox } from "./ask-box.tsx";
import { AssistPane } from "./assist-pane.tsx";
import { CardActions } from "./card-actions.tsx";
import { cardShortcuts, readingShortcuts } from "./card-shortcuts.ts";
import { Composer, WriteButton } from "./composer.tsx";
import type { CardView, ConversationView } from "./conversation-view.ts";
import { KeysPanel } from "./keys-panel.tsx";
import { Panes } from "./panes.tsx";
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
import { useNextWords } from "./use-next-words.tsx";
import type { LineTarget } from "./use-paged-lines.ts";
import { useReading } from "./use-reading.ts";
import { useScreen } from "./use-screen.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useUnread } from "./use-unread.ts";
import { useWords } from "./use-words.tsx";
import { WidgetHeader } from "./widget-header.tsx";

type ConversationScreenProps = DeskOptions & {
  talk: Talk;
  /** Absent where the desktop takes no text from us. */
  insert?: ((text: string) => void) | undefined;
  /** Told how many cards nobody has seen yet. */
  unread?: ((count: number) => void) | undefined;
};

/** One conversation: what the agent reads while the customer talks. */
export function ConversationScreen({ talk, insert, unread, ...outlets }: ConversationScreenProps) {
  const { link, status } = talk;
  const view = useConversation(talk);
  const screen = useScreen();
  const live = status.state === "live";
  const reading = useReading(view.answers, screen.assistRef, screen.opening !== undefined);
  const paneVisible = !screen.panes.narrow || screen.panes.pane === "assist";
  const count = useUnread({ ...reading, answers: view.answers, paneVisible, live, onCount: unread });
  const card = view.answers.find(({ key }) => key === reading.openKey) as CardView | undefined;
  const desk = useDesk(talk, view, outlets);
  const work = useCardWork(card, link, { insert, send: desk.write });
  const { ask, pending } = useAsking(link, view.answers);
  const next = useNextWords(card, {
    channel: view.session.channel,
    ask,
    insert,
    send: desk.blocked ? undefined : desk.write,
    link,
  });

  const openSource = (from: CardView, opening: Opening) => {
    screen.setOpening(opening);
    if (from.suggestionId) link?.feedback(from.suggestionId, "opened", opening.source.chunkId);
  };
  useShortcuts({
    ...screen.shortcuts,
    ...cardShortcuts(card, { ...work, onSend: desk.blocked ? undefined : work.onSend }, openSource),
    ...next.shortcuts,
    ...readingShortcuts(view, reading),
    m: desk.write && (() => desk.write?.()),
  });

  return (
    <div className="flex h-dvh max-h-full flex-col overflow-hidden text-sm">
      <WidgetHeader session={view.session} link={status.state} onKeys={screen.toggleKeys} />
      <main className="relative flex min-h-0 flex-1 flex-col">
        <Panes
          {...screen.panes}
          unread={paneVisible ? 0 : count}
          assist={
            <AssistPane
              {...reading}
              asked={pending && !pending.problem ? <AskedLine {...pending} /> : undefined}
              started={view.session.state !== "waiting"}
              onOpenCard={reading.open}
              onOpenSource={openSource}
              onLetIn={reading.letIn}
              actionsOf={() => <CardActions {...work} sendBlocked={desk.blocked} />}
              nextOf={() => next.chips}
            />
          }
          transcript={
            <TranscriptSide
              view={view}
              link={link}
              target={screen.target}
              write={desk.composer ? undefined : desk.write}
            />
          }
          summary={
            <SummaryPane
              {...desk}
              conversationId={talk.conversationId}
              view={view}
              link={link}
              live={live}
              visible={screen.panes.pane === "summary"}
              onTurn={screen.showTurn}
            />
          }
        />
        {screen.opening && link ? (
          <PassagePanel opening={screen.opening} read={link.passage} onClose={screen.close} />
        ) : null}
        {screen.keys ? <KeysPanel onClose={screen.toggleKeys} /> : null}
      </main>
      <StatusBars status={status} trouble={view.trouble} paused={view.session.paused} />
      <Unheard count={paneVisible ? 0 : count} />
      <SendQueue writes={view.writes} work={desk.work} blocked={desk.blocked} />
      {desk.composer ? <Composer work={desk.composer} blocked={desk.blocked} /> : null}
      <AskBox input={screen.askRef} onAsk={ask} problem={pending?.problem} />
    </div>
  );
}

/** For a reader that speaks: cards that came while another pane is on screen. */
function Unheard({ count }: { count: number }) {
  const { t } = useWords();
  return (
    <p role="status" className="sr-only">
      {count > 0 ? t("pane.unread", { count }) : ""}
    </p>
  );
}

function AskedLine({ text, late }: { text: string; late?: boolean }) {
  const { t } = useWords();
  return (
    <p className="truncate text-muted">
      {t(late ? "assist.noAnswerYet" : "assist.searching", { question: text })}
    </p>
  );
}

type TranscriptSideProps = Pick<Talk, "link"> & {
  view: ConversationView;
  target: LineTarget | undefined;
  /** Opens the message box; absent where it is open, or nothing is sent from here. */
  write: (() => void) | undefined;
};

function TranscriptSide({ view, link, target, write }: TranscriptSideProps) {
  return (
    <>
      <TranscriptPane
        lines={view.lines}
        hasOlder={view.hasOlder}
        loadOlder={async () => (await link?.older()) ?? false}
        target={target}
      />
      {write ? <WriteButton onClick={() => write()} /> : null}
    </>
  );
}
