"use client";

import { KeyRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

type SecretFieldProps = {
  name: string;
  label: ReactNode;
  /** A value is stored; it can be replaced and is never shown. */
  stored: boolean;
  help?: ReactNode;
  required?: boolean;
  optional?: boolean;
  placeholder?: string;
};

/**
 * A secret: once stored it is masked and can only be replaced. While it is not being replaced the form
 * sends nothing under its name, which means "keep it".
 */
export function SecretField({
  name,
  label,
  stored,
  help,
  required,
  optional,
  placeholder,
}: SecretFieldProps) {
  const [replacing, setReplacing] = useState(!stored);
  return (
    <Field name={name} label={label} help={help} required={required && !stored} optional={optional}>
      <div className="flex items-center gap-2">
        {replacing ? (
          <Input
            type="password"
            font="mono"
            autoComplete="new-password"
            spellCheck={false}
            placeholder={placeholder}
            autoFocus={stored}
          />
        ) : (
          <span className="flex h-8 flex-1 items-center gap-2 rounded-md border bg-background px-2.5 text-sm text-muted">
            <KeyRound className="size-4" aria-hidden />
            <span aria-hidden className="tracking-widest">
              ••••••••
            </span>
            stored
          </span>
        )}
        {stored ? (
          <Button onClick={() => setReplacing(!replacing)}>{replacing ? "Keep stored" : "Replace"}</Button>
        ) : null}
      </div>
    </Field>
  );
}
