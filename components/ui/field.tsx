"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, use, useId } from "react";

type FieldState = {
  id: string;
  name?: string;
  required?: boolean;
  invalid: boolean;
  describedBy?: string;
};

const FieldContext = createContext<FieldState | undefined>(undefined);

/** The server's words for each field that it refused, by name; `SubmitForm` provides them. */
export const FieldErrorsContext = createContext<Record<string, string>>({});

type FieldProps = {
  label: ReactNode;
  children: ReactNode;
  /** Given to the control inside, and used to find the error that the server returned for it. */
  name?: string;
  help?: ReactNode;
  error?: string;
  required?: boolean;
  /** Shown in muted letters after the label. */
  optional?: boolean;
};

/** Label above, help below, and the error in words at the control; the control inside is wired to all three. */
export function Field({ label, children, name, help, error, required, optional }: FieldProps) {
  const id = useId();
  const errors = use(FieldErrorsContext);
  const problem = error ?? (name ? errors[name] : undefined);
  const helpId = help ? `${id}-help` : undefined;
  const errorId = problem ? `${id}-error` : undefined;
  const describedBy = [errorId, helpId].filter(Boolean).join(" ") || undefined;
  return (
    <FieldContext value={{ id, name, required, invalid: Boolean(problem), describedBy }}>
      <div className="flex min-w-0 flex-col gap-1.5">
        <Label htmlFor={id} optional={optional}>
          {label}
        </Label>
        {children}
        {problem ? (
          <p id={errorId} role="alert" className="flex items-start gap-1.5 text-sm text-error">
            <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
            {problem}
          </p>
        ) : null}
        {help ? (
          <p id={helpId} className="text-sm text-muted">
            {help}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}

type LabelProps = { htmlFor?: string; children: ReactNode; optional?: boolean };

export function Label({ htmlFor, children, optional }: LabelProps) {
  return (
    <label htmlFor={htmlFor} id={htmlFor ? `${htmlFor}-label` : undefined} className="text-sm font-medium">
      {children}
      {optional ? <span className="ml-1.5 font-normal text-muted">optional</span> : null}
    </label>
  );
}

/** What a control takes from the `Field` around it; its own props win. */
export function useFieldProps(own: { id?: string; name?: string; required?: boolean }) {
  const field = use(FieldContext);
  return {
    id: own.id ?? field?.id,
    name: own.name ?? field?.name,
    required: own.required ?? field?.required,
    "aria-invalid": field?.invalid || undefined,
    "aria-describedby": field?.describedBy,
  };
}
