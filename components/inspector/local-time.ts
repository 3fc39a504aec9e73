/** A moment as a `datetime-local` field takes it, in the reader's zone; empty where it is none. */
export function localInput(moment: string | null): string {
  const at = new Date(moment ?? "");
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What such a field says, as a moment; undefined where it says nothing. */
export function momentOfInput(value: unknown): string | undefined {
  const at = new Date(typeof value === "string" ? value : "");
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

const FORMAT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** A range in the reader's zone: `12 Nov, 14:05 – now`. */
export function rangeWords(from: string | null, to: string | null): string {
  const words = (moment: string | null) => {
    const at = new Date(moment ?? "");
    return Number.isNaN(at.getTime()) ? undefined : FORMAT.format(at);
  };
  return `${words(from) ?? "the beginning"} – ${words(to) ?? "now"}`;
}
