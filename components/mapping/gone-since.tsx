import { RelativeTime } from "#/components/ui/time.tsx";

/** Said of a queue that its platform has left out of its list; its mapping holds all the same. */
export function GoneSince({ platform, at }: { platform?: string; at: Date }) {
  return (
    <span className="text-sm text-warn">
      not listed by {platform ?? "the platform"} any more since <RelativeTime at={at} />
    </span>
  );
}
