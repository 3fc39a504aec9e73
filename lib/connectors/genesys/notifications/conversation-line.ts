import { backoffMs } from "./backoff.ts";
import type { ListedMessage } from "./conversation-shapes.ts";
import { createMessageInbox, handOver, type LineDeps } from "./message-inbox.ts";
import { contextOf, endingOf, type Tracked } from "./tracked-conversation.ts";

export type ConversationLine = { push(fresh: readonly ListedMessage[]): void; idle(): boolean };

/**
 * One conversation's way out: its context goes before its messages and its end after them, one by one. Nothing is
 * dropped while the feed is open: trouble is waited out.
 */
export function openLine(tracked: Tracked, deps: LineDeps): ConversationLine {
  const { access, scope, signal } = deps;
  const inbox = createMessageInbox(tracked, deps);
  let working = false;
  let changed = false;
  let told: { context?: string; end?: string } = {};
  /** Kept until it was taken: said at another moment, it would be another reopening. */
  let reopenedAt: string | undefined;

  const tellContext = async () => {
    const context = contextOf(tracked, scope);
    const reopened = told.end !== undefined && !endingOf(tracked, scope);
    const json = JSON.stringify(context);
    reopenedAt = reopened ? (reopenedAt ?? new Date(access.now()).toISOString()) : undefined;
    if (json === told.context && !reopened) return;
    const said = { ...context, ...(reopenedAt && { reopenedAt }) };
    await handOver(deps, () => deps.onContext(said));
    reopenedAt = undefined;
    told = { context: json, end: reopened ? undefined : told.end };
  };

  const tellEnd = async () => {
    const ending = endingOf(tracked, scope);
    const end = ending && JSON.stringify(ending);
    if (!ending || end === told.end) return;
    await handOver(deps, () => deps.onEnded(tracked.id, ending));
    told.end = end;
  };

  /** Again and again, until it is done or the feed is closed. */
  const insist = async (step: () => Promise<void>) => {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await step();
        if (attempt > 1) deps.onTrouble(undefined);
        return;
      } catch (error) {
        if (signal.aborted) return;
        deps.onTrouble(error);
        await access.wait(backoffMs(attempt), signal).catch(() => {});
      }
    }
  };

  const work = async () => {
    working = true;
    while (changed && !signal.aborted) {
      changed = false;
      await insist(tellContext);
      while (!inbox.empty() && !signal.aborted) {
        await insist(inbox.takeUp);
        await insist(tellContext);
      }
      await insist(tellEnd);
    }
    working = false;
  };

  return {
    push(fresh) {
      inbox.add(fresh);
      changed = true;
      if (!working) void work();
    },
    idle: () => !working,
  };
}
