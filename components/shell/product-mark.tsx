/** The product's own mark. Beside its name or a heading: it says nothing to a screen reader. */
export function ProductMark({ size = 24 }: { size?: 24 | 32 }) {
  return (
    // biome-ignore lint/performance/noImgElement: a small vector from our own origin gains nothing from an optimizer.
    <img loading="lazy" src="/icon.svg" alt="" width={size} height={size} className="shrink-0" />
  );
}
