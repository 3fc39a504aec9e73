import type { SpeechEngine } from "./speech-engine.ts";

/**
 * Which of the engine's languages this tag (BCP 47) is recognized in; undefined when none fits. `en` covers every
 * English, and a call that only says `en` gets whatever English there is. A call that names no language is assumed
 * to be in the engine's own: most platforms leave it out.
 */
export function languageFor(
  { languages }: Pick<SpeechEngine, "languages">,
  tag: string | undefined,
): string | undefined {
  if (!tag) return languages[0];
  const asked = normal(tag);
  const covers = (wide: string, narrow: string) => narrow === wide || narrow.startsWith(`${wide}-`);
  return (
    languages.find((known) => normal(known) === asked) ??
    languages.find((known) => covers(normal(known), asked)) ??
    languages.find((known) => covers(asked, normal(known)))
  );
}

const normal = (tag: string) => tag.toLowerCase().replaceAll("_", "-");
