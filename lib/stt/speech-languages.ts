import type { SpeechEngine } from "./speech-engine.ts";

/**
 * Whether the engine does this language, a BCP 47 tag. A call that names none is assumed to be in one it
 * does: most platforms leave it out.
 */
export function speaksLanguage(engine: Pick<SpeechEngine, "languages">, tag: string | undefined): boolean {
  if (!tag) return true;
  const asked = tag.toLowerCase().replaceAll("_", "-");
  return engine.languages.some((language) => {
    const known = language.toLowerCase();
    return asked === known || asked.startsWith(`${known}-`);
  });
}
