import { LinkTabs } from "../ui/link-tabs.tsx";

/** The inspector's three views. */
export function InspectorTabs({ slug }: { slug: string }) {
  return (
    <LinkTabs
      label="Views of the inspector"
      tabs={[
        { href: `/${slug}/events`, label: "Events" },
        { href: `/${slug}/events/dead`, label: "Dead by cause" },
        { href: `/${slug}/events/replays`, label: "Replays" },
      ]}
    />
  );
}
