"use client";

import { useState } from "react";
import { Card } from "#/components/ui/card.tsx";
import { Checkbox } from "#/components/ui/checkbox.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import { isColor } from "#/lib/branding/branding-rules.ts";
import type { Branding } from "#/lib/branding/read-branding.ts";
import { BrandingPreview } from "./branding-preview.tsx";
import { ColorContrast } from "./color-contrast.tsx";
import { LogoInput } from "./logo-input.tsx";

type BrandingFormProps = { branding: Branding; save: (form: FormData) => Promise<FormResult> };

/** The look of the tenant's widget, with what it comes to beside the fields. */
export function BrandingForm({ branding, save }: BrandingFormProps) {
  const [accent, setAccent] = useState(branding.accent ?? "");
  const [title, setTitle] = useState(branding.title ?? "");
  const [chosen, setChosen] = useState<string>();
  const [without, setWithout] = useState(false);
  const logo = without ? undefined : (chosen ?? branding.logo);
  const color = isColor(accent) ? accent : undefined;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card>
        <SubmitForm action={save} savedMessage="Saved. Widgets that are opened from now on wear it.">
          <Field label="Accent colour" name="accent" optional help={<ColorContrast accent={color} />}>
            <Input
              font="mono"
              value={accent}
              onChange={(event) => setAccent(event.target.value)}
              placeholder="#2563eb"
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Field
            label="Title"
            name="title"
            optional
            help="At the top of the widget instead of the product's name."
          >
            <Input value={title} onChange={(event) => setTitle(event.target.value)} autoComplete="off" />
          </Field>
          <Field
            label="Logo"
            name="logo"
            optional
            help="A square PNG or plain SVG of 32 KB at most, shown 20 px high."
          >
            <LogoInput onChoose={setChosen} />
          </Field>
          {branding.logo ? (
            <Checkbox name="removeLogo" label="Remove the stored logo" onCheckedChange={setWithout} />
          ) : null}
        </SubmitForm>
      </Card>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2">
        {(["light", "dark"] as const).map((theme) => (
          <BrandingPreview key={theme} theme={theme} accent={color} title={title.trim()} logo={logo} />
        ))}
      </div>
    </div>
  );
}
