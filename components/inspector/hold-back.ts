type Row = { id: string };

/**
 * What a reader who has scrolled sees when new rows come: the rows that stood there, with their newest
 * content, while rows above them wait. A list that shares nothing with what stood there is another list.
 */
export function holdBack<R extends Row>(
  rows: readonly R[],
  standing: readonly string[],
): { shown: readonly R[]; waiting: number } {
  const known = new Set(standing);
  const first = rows.findIndex(({ id }) => known.has(id));
  if (first <= 0) return { shown: rows, waiting: 0 };
  return { shown: rows.slice(first), waiting: first };
}
