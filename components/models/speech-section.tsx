import { Badge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import type { SpeechRow } from "#/lib/speech/list-speech.ts";
import { SpeechCard } from "./speech-card.tsx";
import { type SaveSpeech, SpeechFormSheet } from "./speech-form-sheet.tsx";

type Outcome = { ok: true } | { ok: false; message: string };

type SpeechSectionProps = {
  services: readonly SpeechRow[];
  testAddress: (id: string) => string;
  /** Undefined for readers who may not change anything. */
  changes:
    | {
        save: SaveSpeech;
        remove: (id: string) => () => Promise<Outcome>;
        setDefault: (id: string | undefined) => () => Promise<Outcome>;
      }
    | undefined;
};

/** What turns calls into text: the built-in recognizer, and services that the tenant brought. */
export function SpeechSection({ services, testAddress, changes }: SpeechSectionProps) {
  const embeddedHears = !services.some(({ isDefault }) => isDefault);
  return (
    <section aria-labelledby="speech-heading" className="mt-8">
      <div className="mb-3 flex min-h-9 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 id="speech-heading" className="text-lg font-semibold tracking-tight">
            Speech recognition
          </h2>
          <p className="max-w-3xl text-base text-pretty text-muted">
            What turns calls into text. A call whose service cannot be opened is heard by the built-in
            recognizer.
          </p>
        </div>
        {changes ? (
          <div className="flex flex-wrap items-center gap-2">
            <SpeechFormSheet kind="deepgram" save={changes.save} trigger={<Button>Add Deepgram</Button>} />
            <SpeechFormSheet kind="google" save={changes.save} trigger={<Button>Add Google</Button>} />
          </div>
        ) : null}
      </div>
      <div className="flex flex-col gap-3">
        <Card>
          <CardHeader
            title={
              <span className="flex items-center gap-2">
                Built-in recognizer {embeddedHears ? <Badge tone="accent">hears calls</Badge> : null}
              </span>
            }
            hint="English, on this installation: no audio leaves it. It tells no word times, so nothing goes back to the platform as a transcript."
          />
        </Card>
        {services.map((service) => (
          <SpeechCard
            key={service.id}
            service={service}
            testAddress={testAddress(service.id)}
            changes={
              changes && {
                save: changes.save,
                remove: changes.remove(service.id),
                setDefault: changes.setDefault(service.isDefault ? undefined : service.id),
              }
            }
          />
        ))}
      </div>
    </section>
  );
}
