"use client";

import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import type { Manifest } from "#/lib/connectors/manifest.ts";

/** What connecting a platform takes: credentials and steps, before anyone starts. */
export function NeedsButton({ manifest }: { manifest: Manifest }) {
  const planned = manifest.availability === "planned";
  return (
    <Sheet
      trigger={<Button>What it needs</Button>}
      title={manifest.label}
      hint={
        planned
          ? "Cannot be connected yet. This is what it will need."
          : "What you need at hand, and what to do on the platform's side."
      }
    >
      <h3 className="mb-2 font-semibold">Credentials</h3>
      <ul className="mb-6 flex flex-col gap-2.5">
        {manifest.credentialFields.map((field) => (
          <li key={field.name}>
            <span className="font-medium">{field.label}</span>
            {field.required ? null : <span className="ml-1.5 text-sm text-muted">optional</span>}
            <p className="text-sm text-muted">{field.help}</p>
          </li>
        ))}
      </ul>
      <h3 className="mb-2 font-semibold">Steps</h3>
      <ol className="flex list-decimal flex-col gap-2.5 pl-5 marker:text-muted">
        {manifest.setupSteps.map((step) => (
          <li key={step.id} className="pl-1">
            <span className="font-medium">{step.title}</span>
            {step.where ? <p className="text-sm text-muted">{step.where}</p> : null}
            <p className="text-sm">{step.text}</p>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
