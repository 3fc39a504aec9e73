"use client";

import { type TryIt, TryQuestion } from "#/components/mapping/try-it.tsx";

type TryBaseProps = { baseId: string; tryIt: TryIt; documentPath: string };

/** Asks one base, extractively: what is found and why, before any queue uses it. */
export function TryBase({ baseId, tryIt, documentPath }: TryBaseProps) {
  return (
    <div className="max-w-3xl">
      <TryQuestion tryIt={tryIt} profile={() => ({ knowledgeBaseId: baseId })} documentPath={documentPath} />
    </div>
  );
}
