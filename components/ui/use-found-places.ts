"use client";

import { useEffect, useState } from "react";

/** What the server answers: where one can go, each with a path below the tenant's own. */
export type FoundPlace = {
  kind: string;
  id: string;
  label: string;
  hint: string;
  path: string;
  platform?: string | undefined;
};

type Found = { typed: string; places: readonly FoundPlace[]; failed: boolean };

const TYPING_PAUSE_MS = 180;
const LEAST_LETTERS = 2;
const NOTHING: Found = { typed: "", places: [], failed: false };

/** Asks the server once the typing pauses; an answer to what is no longer typed is dropped. */
export function useFoundPlaces(address: string | undefined, typed: string): Found & { busy: boolean } {
  const [found, setFound] = useState<Found>(NOTHING);
  const text = typed.trim();
  const wanted = address !== undefined && text.length >= LEAST_LETTERS;
  useEffect(() => {
    if (!wanted) return setFound(NOTHING);
    const asked = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`${address}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
        const body = response.ok ? ((await response.json()) as { places: FoundPlace[] }) : undefined;
        if (!asked.signal.aborted) setFound({ typed: text, places: body?.places ?? [], failed: !body });
      } catch {
        if (!asked.signal.aborted) setFound({ typed: text, places: [], failed: true });
      }
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [address, text, wanted]);
  return { ...found, busy: wanted && found.typed !== text };
}
