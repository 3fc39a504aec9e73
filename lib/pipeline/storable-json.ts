/**
 * JSON that Postgres takes as `jsonb`: it refuses NUL and lone surrogates, which a customer can
 * type; they become U+FFFD. (`JSON.stringify` writes exactly these as \u escapes.)
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, "$1\ufffd");
}
