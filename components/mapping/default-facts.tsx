import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import type { ProfileView } from "#/lib/routing/list-mappings.ts";

/** What would answer without a mapping, in plain sight while one is made. */
export function DefaultFacts({ fallback }: { fallback: ProfileView }) {
  const { knowledgeBase, model, threshold, systemPrompt } = fallback;
  const facts = [
    ["Knowledge base", knowledgeBase ?? "none: nothing is suggested"],
    ["Model", model ?? "extractive answers"],
    ["Threshold", (threshold ?? CARD_THRESHOLD).toFixed(2)],
    ["Prompt", systemPrompt || "none"],
  ] as const;
  return (
    <section aria-label="Tenant default" className="rounded-md border bg-background px-3 py-2.5 text-sm">
      <h3 className="mb-1.5 font-medium">Without a mapping: the tenant default</h3>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
        {facts.map(([term, value]) => (
          <div key={term} className="flex min-w-0 gap-2">
            <dt className="shrink-0 text-muted">{term}</dt>
            <dd className="min-w-0 truncate" title={value}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
