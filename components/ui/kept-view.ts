"use client";

import { useCallback, useSyncExternalStore } from "react";
import * as z from "zod";

/** How a reader left a table: the order of its rows and the columns that they put away or brought in. */
export type KeptView = { sort?: { id: string; desc: boolean } | undefined; shown: Record<string, boolean> };

const schema = z.object({
  sort: z.object({ id: z.string(), desc: z.boolean() }).optional().catch(undefined),
  shown: z.record(z.string(), z.boolean()).catch({}),
});

const NOTHING: KeptView = { shown: {} };
const PREFIX = "table:";
const read = new Map<string, { text: string; view: KeptView }>();
const listeners = new Set<() => void>();

/** What is written there by an older version, or by hand, counts as far as it can be read. */
export function parseKeptView(text: string | null): KeptView {
  if (text === null) return NOTHING;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** A reader's own view of the table `name`, kept in their browser; elsewhere and on the server it is empty. */
export function useKeptView(name: string): [KeptView, (view: KeptView) => void] {
  const view = useSyncExternalStore(
    subscribe,
    () => snapshot(name),
    () => NOTHING,
  );
  const keep = useCallback(
    (next: KeptView) => {
      const text = JSON.stringify(next);
      read.set(name, { text, view: next });
      try {
        localStorage.setItem(PREFIX + name, text);
      } catch {
        // A browser that keeps nothing shows the choice until the page is left.
      }
      for (const listener of listeners) listener();
    },
    [name],
  );
  return [view, keep];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same object as long as nothing has changed, as React asks for. */
function snapshot(name: string): KeptView {
  const known = read.get(name);
  if (known) return known.view;
  const text = stored(name);
  const view = parseKeptView(text);
  read.set(name, { text: text ?? "", view });
  return view;
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
