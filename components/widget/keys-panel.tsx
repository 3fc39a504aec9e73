"use client";

import { X } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import type { MessageKey } from "./messages/en.ts";
import { useWords } from "./use-words.tsx";
import type { Words } from "./words.ts";

type KeyWord = Extract<MessageKey, `keys.${string}`>;
/** The keys of one action: those pressed together, by name or as they stand on the keyboard. */
type Entry = readonly [keys: readonly string[], words: KeyWord];

const GROUPS: readonly (readonly [title: KeyWord, entries: readonly Entry[]])[] = [
  [
    "keys.suggestions",
    [
      [["n"], "keys.new"],
      [["j"], "keys.older"],
      [["k"], "keys.newer"],
      [["1 – 9"], "keys.source"],
      [["c"], "keys.copy"],
      [["i"], "keys.insert"],
      [["s"], "keys.send"],
      [["keys.shift", "1 – 3"], "keys.reply"],
      [["+"], "keys.helpful"],
      [["-"], "keys.notHelpful"],
    ],
  ],
  [
    "keys.conversation",
    [
      [["m"], "keys.write"],
      [["t"], "keys.transcript"],
      [["e"], "keys.now"],
      [["w"], "keys.summary"],
      [["r"], "keys.refresh"],
    ],
  ],
  [
    "keys.general",
    [
      [["/"], "keys.ask"],
      [["keys.ctrl", "keys.enter"], "keys.sendWritten"],
      [["keys.esc"], "keys.escape"],
      [["?"], "keys.list"],
    ],
  ],
];

/** Every action has a key; these are they. */
export function KeysPanel({ onClose }: { onClose(): void }) {
  const words = useWords();
  const { t } = words;
  return (
    <section
      aria-label={t("keys.title")}
      className="absolute inset-0 z-20 flex flex-col overflow-y-auto bg-background p-3"
    >
      <header className="flex items-center justify-between">
        <h2 className="font-medium">{t("keys.title")}</h2>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("keys.close")}
          title={`${t("keys.close")} (${t("keys.esc")})`}
          autoFocus
          onClick={onClose}
        >
          <X aria-hidden />
        </Button>
      </header>
      <p className="text-xs text-muted">{t("keys.hands")}</p>
      {GROUPS.map(([title, entries]) => (
        <section key={title} aria-label={t(title)}>
          <h3 className="mt-3 mb-1 text-xs font-medium text-muted">{t(title)}</h3>
          <dl className="grid grid-cols-[6.75rem_1fr] items-baseline gap-x-3 gap-y-1.5">
            {entries.map(([keys, meaning]) => (
              <div key={meaning} className="contents">
                <dt className="flex flex-wrap justify-end gap-0.5">
                  {keys.map((key) => (
                    <kbd
                      key={key}
                      className="min-w-5 rounded-sm border bg-surface px-1 text-center font-sans text-xs leading-4 text-muted"
                    >
                      {named(words, key)}
                    </kbd>
                  ))}
                </dt>
                <dd className="min-w-0 break-words">{t(meaning)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </section>
  );
}

const named = ({ t }: Words, key: string) => (key.startsWith("keys.") ? t(key as KeyWord) : key);
