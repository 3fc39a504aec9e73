const GAP_REASONS: Record<string, string> = {
  recognizer_behind: "recognizer behind",
  recognizer_failed: "recognizer failed",
  platform_discarded: "audio lost on the way",
};

/** "12 s not transcribed: recognizer behind" */
export function gapWords(durationMs: number, reason: string): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  if (reason === "paused") return `${seconds} s paused`;
  return `${seconds} s not transcribed: ${GAP_REASONS[reason] ?? reason.replaceAll("_", " ")}`;
}

export const PAUSED_WORDS = "Call audio is paused; nothing is transcribed";

export function noticeWords(code: string, language?: string): string {
  if (code === "language_unsupported")
    return `${languageName(language)} cannot be transcribed here. Questions can still be asked below.`;
  if (code === "recognizer_failed") return "Transcription has stopped; it is being restarted.";
  if (code === "recognizer_recovered") return "Transcription goes on.";
  return code.replaceAll("_", " ");
}

export function languageName(tag: string | undefined): string {
  if (!tag) return "This language";
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** 03:12, and 1:03:12 from an hour on. */
export function elapsedWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`
    : `${two(minutes)}:${two(seconds % 60)}`;
}
