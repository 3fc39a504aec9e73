import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { withFallback } from "#/lib/stt/fallback-engine.ts";
import type { PinAddress } from "#/lib/stt/pinned-address.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";
import { readDefaultSpeech } from "./list-speech.ts";
import { openSpeechEngine, type SpeechIntegration } from "./open-speech-engine.ts";

export type TenantEnginesOptions = {
  db: Database;
  ring: KeyRing;
  pin: PinAddress;
  embedded: SpeechEngine;
  /** A call of this tenant is heard by the embedded engine although a service was to hear it. */
  onFallback: (tenantId: string, reason: string) => void;
  now?: () => number;
};

export type TenantEngines = {
  of(tenantId: string): Promise<SpeechEngine>;
  close(): Promise<void>;
};

/** What an admin changes holds for new calls after this time at the latest. */
const KEPT_MS = 5000;
const MOST_KEPT = 10_000;
/** Calls are heard meanwhile too; a longer wait would only make their first words later. */
const OPEN_MS = 5000;

type Chosen = { until: number; engine: Promise<SpeechEngine> };
type Made = { version: string; engine: SpeechEngine };

/** Which engine hears a tenant's calls, asked at each call's start. Never rejects: at worst it is the embedded one. */
export function tenantEngines(options: TenantEnginesOptions): TenantEngines {
  const { db, ring, pin, embedded, onFallback, now = Date.now } = options;
  const chosen = new Map<string, Chosen>();
  const made = new Map<string, Made>();

  function make(tenantId: string, row: SpeechIntegration): SpeechEngine {
    const version = `${row.id}:${row.updatedAt.getTime()}`;
    const known = made.get(tenantId);
    // One whose settings have changed is let go, not closed: running calls end with it.
    if (known?.version === version) return known.engine;
    const engine = withFallback(engineOf(row), embedded, {
      openMs: OPEN_MS,
      onFallback: (reason) => onFallback(tenantId, reason),
    });
    made.set(tenantId, { version, engine });
    return engine;
  }

  function engineOf(row: SpeechIntegration): SpeechEngine {
    try {
      return openSpeechEngine(row, ring, pin);
    } catch (error) {
      return neverOpen(
        embedded.languages,
        isAppError(error) ? error.message : "Its settings cannot be used.",
      );
    }
  }

  async function choose(tenantId: string): Promise<SpeechEngine> {
    try {
      const row = await readDefaultSpeech(db, tenantId);
      if (row) return make(tenantId, row);
      made.delete(tenantId);
      return embedded;
    } catch {
      // The store is away, and a call is there: what was last known, or what is always there.
      const known = made.get(tenantId)?.engine;
      if (!known) onFallback(tenantId, "Which service is chosen cannot be read.");
      return known ?? embedded;
    }
  }

  return {
    of(tenantId) {
      const known = chosen.get(tenantId);
      if (known && known.until > now()) return known.engine;
      if (chosen.size >= MOST_KEPT) chosen.clear();
      const engine = choose(tenantId);
      chosen.set(tenantId, { until: now() + KEPT_MS, engine });
      return engine;
    },
    close: async () => {
      await Promise.all([...made.values()].map(({ engine }) => engine.close()));
    },
  };
}

/** Stands for a service that is set up wrongly, so that each of its calls says so. */
function neverOpen(languages: readonly string[], reason: string): SpeechEngine {
  const nothing = () => undefined;
  return {
    name: "unusable",
    languages,
    open: (handlers) => {
      queueMicrotask(() => handlers.onHealth(false, reason));
      return { push: nothing, skipTo: nothing, flush: async () => undefined, close: nothing };
    },
    close: async () => undefined,
  };
}
