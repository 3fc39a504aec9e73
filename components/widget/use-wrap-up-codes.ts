"use client";

import { useEffect, useState } from "react";
import type { WrapUpCode, WriteBack } from "#/lib/connectors/widget-provider.ts";

export type WrapUpCodes =
  | { state: "loading" }
  | { state: "failed"; again(): void }
  | { state: "ready"; codes: readonly WrapUpCode[] };

const PATIENCE_MS = 15_000;

/** The platform's list for this conversation; asked for when it is first looked at. */
export function useWrapUpCodes(
  platform: WriteBack | undefined,
  conversationId: string,
  visible: boolean,
): WrapUpCodes {
  const [round, setRound] = useState(0);
  const [codes, setCodes] = useState<readonly WrapUpCode[]>();
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again.
  useEffect(() => {
    if (!platform?.wrapUpCodes || !visible || codes) return;
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(PATIENCE_MS)]);
    setFailed(false);
    platform.wrapUpCodes(conversationId, signal).then(
      (found) => !abort.signal.aborted && setCodes(found),
      () => !abort.signal.aborted && setFailed(true),
    );
    return () => abort.abort();
  }, [platform, conversationId, visible, round]);
  if (codes) return { state: "ready", codes };
  return failed ? { state: "failed", again: () => setRound((before) => before + 1) } : { state: "loading" };
}
