const VOWEL = /[aeiouy]/;

/**
 * A light English stemmer: it joins the forms that customers and articles mix (charge, charged, charging;
 * cancel, cancelled, cancellation; deliver, delivery). Stems are keys, never shown.
 */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  return dropEnding(dropDerivation(dropInflection(dropPlural(word))));
}

function dropPlural(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (/[^su]s$/.test(word) && !word.endsWith("is")) return word.slice(0, -1);
  return word;
}

function dropInflection(word: string): string {
  if (word.endsWith("ied") && word.length > 4) return `${word.slice(0, -3)}y`;
  const match = /^(.{2,}?)(ing|ed)$/.exec(word);
  const root = match?.[1];
  if (!root || !VOWEL.test(root)) return word;
  // "activated" goes by way of "activate"; "repeated" does not.
  return /[^e]at$/.test(root) ? `${root}e` : undouble(root);
}

function dropDerivation(word: string): string {
  const match =
    /^(.{4,}?)(?:ation|ate|ment|ness|able|ible|ly)$/.exec(word) ?? /^(.{3,}?)(?:ment|ly)$/.exec(word);
  return match?.[1] ? undouble(match[1]) : word;
}

function dropEnding(word: string): string {
  const open = word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
  return open.length > 4 && open.endsWith("y") ? open.slice(0, -1) : open;
}

function undouble(root: string): string {
  return /([bdfgklmnprt])\1$/.test(root) && root.length > 3 ? root.slice(0, -1) : root;
}
