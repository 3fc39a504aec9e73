"use client";

import { Card, CardHeader } from "#/components/ui/card.tsx";
import { CopyButton, CopyText } from "#/components/ui/copy-button.tsx";
import { Field } from "#/components/ui/field.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { Textarea } from "#/components/ui/textarea.tsx";
import type { DeployPart } from "#/lib/connectors/manifest.ts";
import { DeployPartCard } from "./deploy-part.tsx";
import { RenewToken } from "./renew-token.tsx";

type DeployWidgetProps = {
  connectionId: string;
  address: string;
  /** What is made and pasted on the platform's side, in order. */
  parts: readonly DeployPart[];
  platformHosts: readonly string[];
  origins: readonly string[];
  /** Undefined for readers who may not change anything. */
  renew: (() => Promise<{ ok: true } | { ok: false; message: string }>) | undefined;
  save: ((form: FormData) => Promise<FormResult>) | undefined;
};

/** What to paste on the platform's side in order, the plain address, and who may frame it. */
export function DeployWidget({
  connectionId,
  address,
  parts,
  platformHosts,
  origins,
  renew,
  save,
}: DeployWidgetProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        {parts.map((part, index) => (
          <DeployPartCard key={part.id} part={part} number={index + 1} />
        ))}
        {parts.length === 0 ? <PlainAddress address={address} /> : null}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <AllowedOrigins
          connectionId={connectionId}
          platformHosts={platformHosts}
          origins={origins}
          save={save}
        />
        <FrameYourself address={address} />
        {renew ? (
          <Card>
            <CardHeader
              title="Token in the address"
              hint="The part behind # only names this connection. A browser sends it to no server, so keep it where it is."
            />
            <RenewToken renew={renew} />
          </Card>
        ) : null}
      </div>
    </div>
  );
}

function PlainAddress({ address }: { address: string }) {
  return (
    <Card>
      <CardHeader
        title="Widget address"
        hint="For the platform's own form. 300 to 480 px wide is what the widget is made for."
      />
      <CopyText text={address} label="Copy the widget address" />
    </Card>
  );
}

function FrameYourself({ address }: { address: string }) {
  const snippet = `<iframe\n  src="${address}"\n  title="Agent Assist"\n  allow="clipboard-write"\n  style="width: 360px; height: 100%; border: 0"\n></iframe>`;
  return (
    <Card>
      <CardHeader
        title="Frame it yourself"
        hint="In a desktop of your own, whose origin you add to the list on this page."
        actions={<CopyButton text={snippet} label="Copy the snippet" />}
      />
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="overflow-x-auto rounded-md border bg-background p-3 font-mono text-sm"
      >
        {snippet}
      </pre>
    </Card>
  );
}

type AllowedOriginsProps = Pick<DeployWidgetProps, "connectionId" | "platformHosts" | "origins" | "save">;

function AllowedOrigins({ connectionId, platformHosts, origins, save }: AllowedOriginsProps) {
  return (
    <Card>
      <CardHeader
        title="Who may frame it"
        hint="Browsers show the widget inside these pages and nowhere else."
      />
      {save ? (
        <SubmitForm action={save} savedMessage="Saved. The next load of the widget follows it.">
          <input type="hidden" name="connectionId" value={connectionId} />
          <Field
            label="Allowed origins"
            name="origins"
            optional
            help="One a line, for example https://desk.example.com. Plain http only for localhost."
          >
            <Textarea rows={3} font="mono" defaultValue={origins.join("\n")} spellCheck={false} />
          </Field>
        </SubmitForm>
      ) : (
        <HostList hosts={origins} />
      )}
      <details className="mt-4 text-sm">
        <summary className="cursor-pointer text-muted hover:text-text">
          {platformHosts.length} hosts of the platform are always allowed
        </summary>
        <div className="mt-2">
          <HostList hosts={platformHosts} />
        </div>
      </details>
    </Card>
  );
}

function HostList({ hosts }: { hosts: readonly string[] }) {
  return (
    <ul className="grid gap-x-4 gap-y-1 font-mono text-sm sm:grid-cols-2">
      {hosts.map((host) => (
        <li key={host} className="break-all">
          {host}
        </li>
      ))}
    </ul>
  );
}
