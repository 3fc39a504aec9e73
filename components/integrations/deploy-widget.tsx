"use client";

import { Card, CardHeader } from "#/components/ui/card.tsx";
import { CopyButton, CopyText } from "#/components/ui/copy-button.tsx";
import { Field } from "#/components/ui/field.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { Textarea } from "#/components/ui/textarea.tsx";
import { RenewToken } from "./renew-token.tsx";

type DeployWidgetProps = {
  connectionId: string;
  address: string;
  platformHosts: readonly string[];
  origins: readonly string[];
  /** Undefined for readers who may not change anything. */
  renew: (() => Promise<{ ok: true } | { ok: false; message: string }>) | undefined;
  save: ((form: FormData) => Promise<FormResult>) | undefined;
};

/** The widget's address, how to frame it, and who may. */
export function DeployWidget({
  connectionId,
  address,
  platformHosts,
  origins,
  renew,
  save,
}: DeployWidgetProps) {
  const snippet = `<iframe\n  src="${address}"\n  title="Agent Assist"\n  allow="clipboard-write"\n  style="width: 360px; height: 100%; border: 0"\n></iframe>`;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <Card>
          <CardHeader
            title="Widget address"
            hint="For the platform's own form, for instance the Application URL of an Interaction Widget."
          />
          <CopyText text={address} label="Copy the widget address" />
          <p className="mt-2 text-sm text-muted">
            The part behind # only names this connection. A browser sends it to no server, so keep it where it
            is. 300 to 480 px wide is what the widget is made for.
          </p>
          {renew ? <RenewToken renew={renew} /> : null}
        </Card>
        <Card>
          <CardHeader
            title="Frame it yourself"
            hint="Add your desktop's origin to the list on this page."
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
      </div>
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
              <Textarea rows={4} font="mono" defaultValue={origins.join("\n")} spellCheck={false} />
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
    </div>
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
