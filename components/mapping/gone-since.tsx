import { RelativeTime } from "#/components/ui/time.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

/** Said of a queue that its platform has left out of its list; its mapping holds all the same. */
export function GoneSince({ platform, at }: { platform: PlatformId; at: Date }) {
  return (
    <span className="text-sm text-warn">
      left {manifestOf(platform).label}’s list <RelativeTime at={at} />
    </span>
  );
}
