type MarkedTextProps = { text: string; terms: readonly string[] };

/** A passage with the words that the question shares with it marked. */
export function MarkedText({ text, terms }: MarkedTextProps) {
  const pattern = patternOf(terms);
  if (!pattern) return text;
  let offset = 0;
  return text.split(pattern).map((part, index) => {
    const key = offset;
    offset += part.length;
    // Odd parts are what the pattern's group caught.
    if (index % 2 === 0) return part;
    return (
      <mark key={key} className="rounded-sm bg-warn-fill px-0.5 text-warn">
        {part}
      </mark>
    );
  });
}

function patternOf(terms: readonly string[]): RegExp | undefined {
  const words = terms
    .filter((term) => term.length > 1)
    .map((term) => term.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return undefined;
  // Terms may be stems: a short ending belongs to the mark, a longer one is another word ("down", "downgrade").
  return new RegExp(`(?<![\\p{L}\\p{N}])((?:${words.join("|")})\\p{L}{0,3})(?![\\p{L}\\p{N}])`, "giu");
}
