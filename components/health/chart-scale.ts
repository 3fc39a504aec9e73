/** The next round number at or above the largest value, so that an axis ends at a number people read easily. */
export function niceMax(values: readonly number[]): number {
  const largest = Math.max(0, ...values);
  if (largest <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 5, 10].find((factor) => largest <= factor * magnitude) ?? 10;
  return step * magnitude;
}

/** Runs of neighboring points that have a value; a line must not bridge what nobody measured. */
export function segments(values: readonly (number | undefined)[]): { x: number; y: number }[][] {
  const runs: { x: number; y: number }[][] = [];
  let open = false;
  for (const [x, y] of values.entries()) {
    if (y === undefined) {
      open = false;
      continue;
    }
    if (!open) runs.push([]);
    open = true;
    runs.at(-1)?.push({ x, y });
  }
  return runs;
}
