"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import type { WordsPack } from "./messages/pack.ts";
import { createWords, type Words } from "./words.ts";

const WordsContext = createContext<Words | undefined>(undefined);

/** Everything below speaks one language, and the page says which. */
export function WordsProvider({ pack, children }: { pack: WordsPack; children: ReactNode }) {
  const words = useMemo(() => createWords(pack), [pack]);
  useEffect(() => {
    document.documentElement.lang = pack.tag;
  }, [pack.tag]);
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error("This part of the widget stands outside of its words.");
  return words;
}
