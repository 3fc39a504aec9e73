import type { PlatformId } from "#/lib/kernel/platform-id.ts";

type PlatformMarkProps = { platform: PlatformId; size?: 16 | 20 | 32 };

/** A platform's monogram. Beside its name, as a rule: it says nothing to a screen reader. */
export function PlatformMark({ platform, size = 20 }: PlatformMarkProps) {
  return (
    // biome-ignore lint/performance/noImgElement: a small vector from our own origin gains nothing from an optimizer.
    <img
      loading="lazy"
      src={`/marks/${platform}.svg`}
      alt=""
      width={size}
      height={size}
      className="shrink-0 rounded-sm"
    />
  );
}
