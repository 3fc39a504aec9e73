const LONGEST_PHRASE = 24;
/** One token said four times is speech ("no no no no", a row of zeros); a phrase of several is not. */
const REPEATS_OF_ONE = 8;
const REPEATS_OF_SHORT = 4;
const REPEATS_OF_LONG = 3;
const SHORT_PHRASE = 3;

function allowedRepeats(length: number, draft: boolean): number {
  if (length === 1) return REPEATS_OF_ONE;
  if (length < SHORT_PHRASE) return REPEATS_OF_SHORT;
  if (draft) return 1;
  return length === SHORT_PHRASE ? REPEATS_OF_SHORT : REPEATS_OF_LONG;
}

function repeatsAtEnd(tokens: readonly number[], length: number): number {
  let repeats = 1;
  for (let end = tokens.length - length; end >= length; end -= length) {
    for (let k = 0; k < length; k++) if (tokens[end - length + k] !== tokens[end + k]) return repeats;
    repeats += 1;
  }
  return repeats;
}

/**
 * How many tokens at the end are a phrase going round in circles, which greedy decoding falls into on
 * difficult audio; its first saying is kept. 0 when it does not. A draft's audio breaks off in mid-word, which
 * is more often the reason for a phrase said twice than a person who says it twice.
 */
export function loopLength(tokens: readonly number[], draft = false): number {
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    const repeats = repeatsAtEnd(tokens, length);
    if (repeats > allowedRepeats(length, draft)) return length * (repeats - 1);
  }
  return 0;
}
