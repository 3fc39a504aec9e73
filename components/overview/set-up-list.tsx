import { Circle, CircleCheck } from "lucide-react";
import Link from "next/link";
import type { SetUpProgress } from "#/lib/inspector/read-overview.ts";
import { Card, CardHeader } from "../ui/card.tsx";

type Step = { key: keyof SetUpProgress; title: string; hint: string; path: string };

const STEPS: readonly Step[] = [
  {
    key: "connection",
    title: "Connect a platform",
    hint: "Its calls and chats come in through it.",
    path: "/integrations",
  },
  {
    key: "knowledge",
    title: "Add knowledge",
    hint: "At least one document that is read and indexed.",
    path: "/knowledge",
  },
  {
    key: "mapping",
    title: "Say what answers",
    hint: "A knowledge base for a queue, or for all of them.",
    path: "/middleware/queues",
  },
  {
    key: "firstEvent",
    title: "See the first event",
    hint: "A test conversation, or a demo call.",
    path: "/events",
  },
  {
    key: "firstSuggestion",
    title: "See the first suggestion",
    hint: "Ask something that the knowledge answers.",
    path: "/sandbox",
  },
];

type SetUpListProps = { progress: SetUpProgress; slug: string; sandbox: boolean };

/** What is done and what comes next; it goes away once all is done. */
export function SetUpList({ progress, slug, sandbox }: SetUpListProps) {
  const done = STEPS.filter(({ key }) => progress[key]).length;
  if (done === STEPS.length) return null;
  return (
    <Card>
      <CardHeader title="Set-up" hint={`${done} of ${STEPS.length} done`} />
      <ol className="-mx-2 flex flex-col">
        {STEPS.map(({ key, title, hint, path }) => (
          <li key={key}>
            <Link
              href={`/${slug}${path === "/sandbox" && !sandbox ? "/events" : path}` as never}
              className="flex min-h-9 items-center gap-3 rounded-md px-2 py-1 hover:bg-hover"
            >
              {progress[key] ? (
                <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
              ) : (
                <Circle className="size-4 shrink-0 text-muted" aria-hidden />
              )}
              <span className="min-w-0">
                <span className={progress[key] ? "text-muted" : "font-medium"}>{title}</span>
                <span className="sr-only">{progress[key] ? " (done)" : " (to do)"}</span>
                {progress[key] ? null : <span className="block text-sm text-muted">{hint}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
