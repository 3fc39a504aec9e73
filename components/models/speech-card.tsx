"use client";

import { useTransition } from "react";
import { toast } from "sonner";
import { Badge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader, Facts } from "#/components/ui/card.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";
import type { SpeechRow } from "#/lib/speech/list-speech.ts";
import { ModelTest } from "./model-test.tsx";
import { type SaveSpeech, SPEECH_LABELS, SpeechFormSheet } from "./speech-form-sheet.tsx";

type Outcome = { ok: true } | { ok: false; message: string };

type SpeechCardProps = {
  service: SpeechRow;
  testAddress: string;
  /** Undefined for readers who may not change anything. */
  changes:
    | { save: SaveSpeech; remove: () => Promise<Outcome>; setDefault: () => Promise<Outcome> }
    | undefined;
};

/** One speech service: what it is, whether it hears the calls, and its test. */
export function SpeechCard({ service, testAddress, changes }: SpeechCardProps) {
  const [busy, startTransition] = useTransition();
  const { name, kind, isDefault } = service;
  const switchDefault = (setDefault: () => Promise<Outcome>) =>
    startTransition(async () => {
      const result = await setDefault();
      if (!result.ok) toast.error(result.message);
      else if (isDefault) toast.success("New calls are heard by the built-in recognizer now.");
      else toast.success(`${name} hears new calls now.`);
    });
  const actions = changes ? (
    <>
      <Button size="sm" variant="ghost" busy={busy} onClick={() => switchDefault(changes.setDefault)}>
        {isDefault ? "Stop hearing calls" : "Let it hear calls"}
      </Button>
      <SpeechFormSheet
        kind={kind}
        service={service}
        save={changes.save}
        trigger={<Button size="sm">Change</Button>}
      />
      <ConfirmByName
        trigger={
          <Button size="sm" variant="danger-quiet">
            Delete…
          </Button>
        }
        title={`Delete ${name}?`}
        name={name}
        confirmLabel="Delete for good"
        action={changes.remove}
      >
        The stored key is lost.{" "}
        {isDefault
          ? "New calls are heard by the built-in recognizer from then on."
          : "No calls go there now."}
      </ConfirmByName>
    </>
  ) : undefined;
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            {name} {isDefault ? <Badge tone="accent">hears calls</Badge> : null}
          </span>
        }
        actions={actions}
      />
      <Facts items={facts(service)} />
      {changes ? <ModelTest address={testAddress} /> : null}
    </Card>
  );
}

function facts({ kind, settings, hasKey }: SpeechRow) {
  const text = (value: unknown) =>
    Array.isArray(value) ? value.join(", ") : typeof value === "string" ? value : "";
  const mono = (value: string) => <span className="font-mono">{value}</span>;
  const place = text(settings.endpoint) || text(settings.location);
  return [
    { term: "Service", value: SPEECH_LABELS[kind] },
    { term: "Model", value: mono(text(settings.model)) },
    { term: "Languages", value: mono(text(settings.languages)) },
    { term: text(settings.endpoint) ? "Server" : "Region", value: mono(place) },
    { term: "Key", value: hasKey ? "stored" : "none" },
  ];
}
