/** The share of deliveries that could not be read, in words for a card. */
export function errorRate(dead: number, all: number): string {
  if (dead === 0) return "no";
  const percent = (100 * dead) / all;
  return percent < 0.1 ? "<0.1 %" : `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}
