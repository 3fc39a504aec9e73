/** What went wrong between what was sent and what is shown. */
export type Difference = { lost: number; doubled: number; outOfOrder: number };

export const NO_DIFFERENCE: Difference = { lost: 0, doubled: 0, outOfOrder: 0 };

/**
 * Holds what is shown against what was sent, both in their order. Out of order is every item that stands
 * after one that was sent later; the fewest that would have to move are counted, so one late item counts once.
 */
export function compare(sent: readonly string[], shown: readonly string[]): Difference {
  const places = new Map(sent.map((id, place) => [id, place]));
  const known = shown.filter((id) => places.has(id));
  const once = [...new Set(known)];
  return {
    lost: sent.length - once.length,
    doubled: known.length - once.length,
    outOfOrder: once.length - longestRun(once.map((id) => places.get(id) ?? 0)),
  };
}

export function sum(differences: readonly Difference[]): Difference {
  return differences.reduce(
    (total, { lost, doubled, outOfOrder }) => ({
      lost: total.lost + lost,
      doubled: total.doubled + doubled,
      outOfOrder: total.outOfOrder + outOfOrder,
    }),
    NO_DIFFERENCE,
  );
}

/** The length of the longest part that is in order already. */
function longestRun(places: readonly number[]): number {
  const ends: number[] = [];
  for (const place of places) {
    const at = ends.findIndex((end) => end >= place);
    if (at < 0) ends.push(place);
    else ends[at] = place;
  }
  return ends.length;
}
