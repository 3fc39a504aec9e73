"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { spoken } from "./locales.ts";
import type { WordsPack } from "./messages/pack.ts";

/** The words that the page came with, and those of another language once the desktop asks for one. */
export function usePack(first: WordsPack): { pack: WordsPack; speak(tag: string): void } {
  const [pack, setPack] = useState(first);
  const wanted = useRef(first.tag);
  const stopped = useRef(false);
  useEffect(() => {
    stopped.current = false;
    return () => {
      stopped.current = true;
    };
  }, []);

  const speak = useCallback((given: string) => {
    const tag = spoken(given)?.tag;
    if (!tag || tag === wanted.current) return;
    wanted.current = tag;
    // Where the server does not answer, the words that are here go on being said.
    fetchPack(tag).then(
      (next) => !stopped.current && wanted.current === tag && setPack(next),
      () => {
        if (wanted.current === tag) wanted.current = "";
      },
    );
  }, []);
  return { pack, speak };
}

async function fetchPack(tag: string): Promise<WordsPack> {
  const address = `/api/widget/words/${encodeURIComponent(tag)}`;
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json() as Promise<WordsPack>;
}
