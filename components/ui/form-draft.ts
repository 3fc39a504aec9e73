import * as z from "zod";

/** What was typed into a form and not saved, by field. Never a secret. */
export type Draft = Record<string, string>;

const PREFIX = "draft:";
const schema = z.record(z.string(), z.string());

/** Kept in the tab: another tab, another browser and the next day know nothing of it. */
export function readDraft(key: string): Draft {
  try {
    const parsed = schema.safeParse(JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "{}"));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

export function writeDraft(key: string, draft: Draft): void {
  try {
    if (Object.keys(draft).length === 0) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing, or a form that is too long for it: the guard still asks before it is left.
  }
}

/** A draft's key: the page and the form on it. */
export const draftKey = (name: string) => `${location.pathname}:${name}`;

/** What was typed into the form `name` of this page is not wanted any more. */
export function forgetDraft(name: string): void {
  writeDraft(draftKey(name), {});
}

/** Who signs out on purpose leaves nothing in the tab for the next one. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

/** Only what differs: an untouched field shows what the server has by then, not what it had. */
export function changedFields(before: Draft, now: Draft): Draft {
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => before[field] !== value));
}

type Control = HTMLInputElement | HTMLTextAreaElement;

/** What every field of a form holds that may be kept: no password, no file, nothing marked `data-secret`. */
export function readFields(form: HTMLFormElement): Draft {
  return Object.fromEntries(
    controlsOf(form).map(([field, control]) => [
      field,
      isBox(control) ? onOff(control.checked) : control.value,
    ]),
  );
}

/**
 * Puts a draft back into the fields that are there. Lists of our own take theirs from `RestoredContext`, since their
 * field is hidden.
 */
export function fillFields(form: HTMLFormElement, draft: Draft): void {
  for (const [field, control] of controlsOf(form)) {
    const value = draft[field];
    if (value === undefined || control.type === "hidden") continue;
    if (isBox(control)) tick(control, value === "on");
    else if (control.value !== value) type(control, value);
  }
}

function controlsOf(form: HTMLFormElement): [string, Control][] {
  return [...form.elements].flatMap((control): [string, Control][] => {
    if (!isControl(control) || !control.name || isKeptAway(control)) return [];
    return [[isBox(control) ? `${control.name}=${control.value}` : control.name, control]];
  });
}

function isControl(element: Element): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

function isKeptAway(control: Control): boolean {
  return control.type === "password" || control.type === "file" || control.closest("[data-secret]") !== null;
}

const isBox = (control: Control): control is HTMLInputElement =>
  control.type === "checkbox" || control.type === "radio";
const onOff = (checked: boolean) => (checked ? "on" : "off");

/** A box of ours is a button with a field behind it. */
function tick(box: HTMLInputElement, wanted: boolean): void {
  if (box.checked === wanted) return;
  const shown = box.previousElementSibling;
  if (shown instanceof HTMLButtonElement) shown.click();
  else box.click();
}

/** As if it had been typed, so that a field whose value is somebody's state takes it as well. */
function type(control: Control, value: string): void {
  const prototype = control instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(prototype.prototype, "value")?.set?.call(control, value);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
