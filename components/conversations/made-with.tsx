import Link from "next/link";
import type { CardVersions } from "#/lib/conversations/conversation-detail.ts";
import { Facts } from "../ui/card.tsx";
import { ShortId } from "../ui/short-id.tsx";

type MadeWithProps = { versions: CardVersions; knowledgePath: string | undefined };

/** The versions that made a card, folded away until somebody asks. */
export function MadeWith({ versions, knowledgePath }: MadeWithProps) {
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">Made with</summary>
      <div className="mt-1.5 border-t pt-2">
        <Facts
          items={[
            {
              term: "Mapping",
              value: (
                <>
                  {versions.queueName ? `${versions.queueName}, ` : ""}version {versions.profileVersion}{" "}
                  <ShortId id={versions.profileId} label="profile id" />
                </>
              ),
            },
            { term: "Prompt", value: <Prompt versions={versions} /> },
            { term: "Knowledge base", value: <Base versions={versions} knowledgePath={knowledgePath} /> },
            {
              term: "Model",
              value: versions.model === "extractive" ? "Extractive, no model" : versions.model,
            },
            {
              term: "Threshold",
              value: versions.threshold === undefined ? "Not recorded" : versions.threshold.toFixed(2),
            },
          ]}
        />
      </div>
    </details>
  );
}

function Prompt({ versions }: { versions: CardVersions }) {
  if (versions.systemPrompt === undefined) return "Not recorded: made before versions were kept";
  return versions.systemPrompt ? (
    <span className="whitespace-pre-line">{versions.systemPrompt}</span>
  ) : (
    "None"
  );
}

function Base({ versions, knowledgePath }: MadeWithProps) {
  const words = `${versions.knowledgeBase ?? "Knowledge"}, version ${versions.knowledgeVersion}`;
  if (!knowledgePath || !versions.knowledgeBaseId) return words;
  return (
    <Link
      href={`${knowledgePath}/${versions.knowledgeBaseId}` as never}
      prefetch={false}
      className="underline-offset-4 hover:underline"
    >
      {words}
    </Link>
  );
}
