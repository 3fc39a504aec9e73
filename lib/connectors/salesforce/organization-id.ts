const FIFTEEN = /^00D[a-zA-Z0-9]{12}$/;
const EIGHTEEN = /^00D[a-zA-Z0-9]{15}$/;

/** The org's id in the form of 15 characters: the other three only say which letters are capitals. */
export function readOrganizationId(given: string): string | undefined {
  const text = given.trim();
  return FIFTEEN.test(text) || EIGHTEEN.test(text) ? text.slice(0, 15) : undefined;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const RECORD = /^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/;

/** A record's id in the form of 18 characters, which the platform's pages use; undefined where it is none. */
export function readRecordId(given: string): string | undefined {
  const text = given.trim();
  if (!RECORD.test(text)) return undefined;
  const short = text.slice(0, 15);
  const suffix = [0, 5, 10].map((from) => {
    const capitals = [...short.slice(from, from + 5)].map((letter) => /[A-Z]/.test(letter));
    return ALPHABET[capitals.reduce((sum, is, place) => sum + (is ? 2 ** place : 0), 0)] ?? "A";
  });
  return short + suffix.join("");
}
