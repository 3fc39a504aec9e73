const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"] as const;
const RESAMPLES = 2000;

/** Errors over words of one text. */
export type WordErrors = { errors: number; words: number };

/** Lower case, digits spelled one by one, punctuation dropped, apostrophes kept. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/\d/g, (digit) => ` ${DIGITS[Number(digit)]} `)
    .replace(/[^\p{L}']+/gu, " ")
    .split(" ")
    .filter((word) => /\p{L}/u.test(word));
}

/** Fewest words to replace, insert or leave out. */
export function editDistance(from: readonly string[], to: readonly string[]): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, word] of from.entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const replaced = (previous[column] ?? 0) + (word === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

export function countErrors(reference: string, hypothesis: string): WordErrors {
  const words = wordsOf(reference);
  return { errors: editDistance(words, wordsOf(hypothesis)), words: words.length };
}

/** Errors of all files over words of all references, in percent. */
export function errorRate(files: readonly WordErrors[]): number {
  const errors = files.reduce((total, file) => total + file.errors, 0);
  const words = files.reduce((total, file) => total + file.words, 0);
  return words === 0 ? 0 : (100 * errors) / words;
}

/** 95 % of the rates that resampled files give; the same files always give the same interval. */
export function bootstrapInterval(files: readonly WordErrors[]): [number, number] {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const rates = Array.from({ length: RESAMPLES }, () =>
    errorRate(files.map((file) => files[Math.floor(random() * files.length)] ?? file)),
  ).sort((a, b) => a - b);
  return [rates[Math.floor(RESAMPLES * 0.025)] ?? 0, rates[Math.floor(RESAMPLES * 0.975)] ?? 0];
}
