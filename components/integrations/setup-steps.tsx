import Link from "next/link";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Card } from "#/components/ui/card.tsx";
import { CopyText } from "#/components/ui/copy-button.tsx";
import type { PasteKey, SetupStep } from "#/lib/connectors/manifest.ts";
import { readSteps } from "./check-step.ts";

type SetupStepsProps = {
  steps: readonly SetupStep[];
  /** Steps of the last test, for those that prove a set-up step. */
  checked: readonly unknown[];
  paste: Partial<Record<PasteKey, string>>;
  links: Record<NonNullable<SetupStep["page"]>, string>;
};

const LINK_WORDS = {
  mapping: "Open Queue Mapping",
  deploy: "Open Deploy",
  test: "Open Test",
  credentials: "Go to Credentials",
  settings: "Go to Settings",
} as const;

/** What to do, in order: on the platform's side, what to paste there, and whether it worked. */
export function SetupSteps({ steps, checked, paste, links }: SetupStepsProps) {
  return (
    <ol className="flex min-w-0 flex-col gap-3">
      {steps.map((step, index) => (
        <li key={step.id}>
          <Card>
            <div className="flex gap-3">
              <span
                aria-hidden
                className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-fill text-sm font-medium text-accent-text tabular-nums"
              >
                {index + 1}
              </span>
              <div className="flex min-w-0 flex-1 flex-col gap-2">
                <div className="flex flex-wrap items-center gap-2">
                  <h2 className="font-semibold">{step.title}</h2>
                  <StepProof name={step.check} checked={checked} />
                </div>
                {step.where ? <p className="text-sm text-muted">{step.where}</p> : null}
                <p className="max-w-prose">{step.text}</p>
                {step.paste?.map(({ label, value }) => (
                  <Paste key={label} label={label} text={paste[value]} />
                ))}
                {step.page ? (
                  <Link
                    href={links[step.page]}
                    className="self-start text-sm text-accent-text underline-offset-4 hover:underline"
                  >
                    {LINK_WORDS[step.page]}
                  </Link>
                ) : null}
              </div>
            </div>
          </Card>
        </li>
      ))}
    </ol>
  );
}

function StepProof({ name, checked }: { name: string | undefined; checked: readonly unknown[] }) {
  const step = readSteps(checked).find((one) => one.name === name);
  if (!name || !step) return null;
  if (step.outcome === "passed") return <StateBadge state="ok">checked</StateBadge>;
  if (step.outcome === "failed") return <StateBadge state="error">check failed</StateBadge>;
  if (step.outcome === "waiting") return <StateBadge state="waiting">waiting</StateBadge>;
  return null;
}

function Paste({ label, text }: { label: string; text: string | undefined }) {
  return (
    <div className="grid items-center gap-x-3 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <span className="text-sm text-muted">{label}</span>
      {text ? (
        <CopyText text={text} label={`Copy the ${label}`} />
      ) : (
        <span className="text-sm">Shown when it is made; see Credentials.</span>
      )}
    </div>
  );
}
