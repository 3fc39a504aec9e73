import type { QuotaReport } from "#/lib/connectors/platform-access.ts";
import type { QuotaTold } from "#/lib/realtime/requests.ts";

/** A refusal is told soon, so that an admin who looks sees it; how much was used is worth less. */
const SOON_MS = 3_000;
const LATER_MS = 60_000;
/** The most that one message may tell of. */
const MOST_REFUSED = 1_000;

export type QuotaGathering = { note(report: QuotaReport): void; stop(): void };

/** Gathers what the platform's answers say of its limit; `tell` answers false where nobody listens yet. */
export function gatherQuota(tell: (told: QuotaTold) => boolean): QuotaGathering {
  let refused = 0;
  let latest: Omit<QuotaTold, "refused"> = {};
  let timer: { id: ReturnType<typeof setTimeout>; soon: boolean } | undefined;

  const flush = () => {
    timer = undefined;
    if (tell({ ...latest, refused: Math.min(refused, MOST_REFUSED) })) refused = 0;
  };
  const flushIn = (soon: boolean) => {
    if (timer && (timer.soon || !soon)) return;
    clearTimeout(timer?.id);
    timer = { id: setTimeout(flush, soon ? SOON_MS : LATER_MS), soon };
  };

  return {
    note: ({ refused: wasRefused, ...stand }) => {
      if (wasRefused) refused += 1;
      latest = { ...latest, ...stand };
      flushIn(refused > 0);
    },
    stop: () => clearTimeout(timer?.id),
  };
}
