"use client";

import { useState } from "react";
import type { Started } from "./call-state.ts";
import { type SandboxConnection, type Start, StartForm } from "./start-form.tsx";
import { StartedList } from "./started-list.tsx";

type SandboxBoardProps = { slug: string; connections: readonly SandboxConnection[]; start: Start };

/** The form at the left, what was started with it at the right. */
export function SandboxBoard({ slug, connections, start }: SandboxBoardProps) {
  const [started, setStarted] = useState<readonly Started[]>([]);
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(24rem,32rem)_1fr]">
      <StartForm
        slug={slug}
        connections={connections}
        start={start}
        onStarted={(one) => setStarted((before) => [one, ...before])}
      />
      <StartedList slug={slug} started={started} />
    </div>
  );
}
