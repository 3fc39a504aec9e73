"use client";

import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import type { AddOutcome } from "#/lib/knowledge/add-document.ts";

type WebPageFormProps = {
  baseId: string;
  sitesPath: string;
  add: (form: FormData) => Promise<{ ok: true; added: AddOutcome } | Extract<FormResult, { ok: false }>>;
};

/** One page by its address; what links from it is not followed. */
export function WebPageForm({ baseId, sitesPath, add }: WebPageFormProps) {
  // A new key empties the field.
  const [round, setRound] = useState(0);
  const said = ({ added }: { added: AddOutcome }) => {
    if (added.outcome === "duplicate") toast.warning(`Same content as ${added.of}: not added.`);
    else if (added.outcome === "unchanged") toast.success("Fetched. Nothing has changed since.");
    else toast.success(added.outcome === "added" ? "Fetched. It is being indexed." : "Fetched again.");
    setRound(round + 1);
  };
  return (
    <div className="rounded-md border border-dashed border-line-strong p-4">
      <SubmitForm key={round} action={add} submitLabel="Add page" onSaved={said} guard={false}>
        <input type="hidden" name="baseId" value={baseId} />
        <Field
          label="Web page"
          name="address"
          help={
            <>
              This page only.{" "}
              <Link href={sitesPath as never} className="text-accent-text underline underline-offset-4">
                Read a whole site
              </Link>{" "}
              to follow its links.
            </>
          }
        >
          <Input font="mono" inputMode="url" placeholder="https://" autoComplete="off" spellCheck={false} />
        </Field>
      </SubmitForm>
    </div>
  );
}
