"use client";

import { CalendarClock, X } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { CloseDialog, Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { localInput, momentOfInput, rangeWords } from "./local-time.ts";

/** From and to, typed and shown in the reader's own zone; the address keeps moments. */
export function TimeRange() {
  const params = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  // The server knows no zone: words come once the browser has the page.
  const [here, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  const [from, to] = [params.get("from"), params.get("to")];
  const set = (nextFrom: string | undefined, nextTo: string | undefined) => {
    const next = new URLSearchParams(params);
    for (const key of ["from", "to", "range", "after"]) next.delete(key);
    if (nextFrom) next.set("from", nextFrom);
    if (nextTo) next.set("to", nextTo);
    const query = next.toString();
    setOpen(false);
    router.replace((query ? `${path}?${query}` : path) as never, { scroll: false });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    set(momentOfInput(form.get("from")), momentOfInput(form.get("to")));
  };
  const given = from || to;
  return (
    <span className="flex items-center">
      <Dialog
        title="Time range"
        hint="In your own time zone. Leave one side empty for no limit."
        size="sm"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button size="sm">
            <CalendarClock aria-hidden />
            {given && here ? rangeWords(from, to) : "From, to…"}
          </Button>
        }
      >
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label="From" name="from">
            <Input type="datetime-local" step={1} defaultValue={localInput(from)} />
          </Field>
          <Field label="To" name="to">
            <Input type="datetime-local" step={1} defaultValue={localInput(to)} />
          </Field>
          <div className="flex justify-end gap-2">
            <CloseDialog>
              <Button type="button">Cancel</Button>
            </CloseDialog>
            <Button type="submit" variant="primary">
              Show
            </Button>
          </div>
        </form>
      </Dialog>
      {given ? (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Remove the time range"
          onClick={() => set(undefined, undefined)}
        >
          <X aria-hidden />
        </Button>
      ) : null}
    </span>
  );
}
