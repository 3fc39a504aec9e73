/**
 * Whether a recognizer of these languages can take a call in this one: `en` covers every English. A
 * call that names no language gets the recognizer's own.
 */
export function isRecognizable(languages: readonly string[], tag: string | undefined): boolean {
  if (tag === undefined) return true;
  const wanted = tag.replaceAll("_", "-").toLowerCase();
  return languages.some((language) => {
    const known = language.toLowerCase();
    return wanted === known || wanted.startsWith(`${known}-`);
  });
}
