import Link from "next/link";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { Button } from "../ui/button.tsx";
import { Facts } from "../ui/card.tsx";
import { CopyText } from "../ui/copy-button.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { PLACE, PLAYED, TO_ENTER } from "./played-platforms.ts";

/** A platform that the sandbox plays and that no connection of the tenant stands on. */
export type OtherPlatform = { platform: PlatformId; desktop: string };

type OtherPlatformsProps = { slug: string; platforms: readonly OtherPlatform[] };

/** What else can be played, and what to enter to connect it. */
export function OtherPlatforms({ slug, platforms }: OtherPlatformsProps) {
  return platforms.map(({ platform, desktop }) => (
    <li key={platform} className="border-t px-4 py-2.5">
      <details>
        <summary className="flex cursor-pointer items-center gap-3">
          <PlatformMark platform={platform} />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{manifestOf(platform).label}</span>
            <span className="block text-sm text-muted">{PLAYED[platform]}</span>
          </span>
          <span className="shrink-0 text-sm text-muted">Not connected: show what to enter</span>
        </summary>
        <div className="mt-3 flex max-w-160 flex-col items-start gap-3 pl-8">
          <Facts items={factsOf(platform)} />
          {platform === "google-ccai" ? <GoogleRest desktop={desktop} /> : null}
          <Button asChild size="sm">
            <Link href={`/${slug}/integrations` as never}>Open Integrations</Link>
          </Button>
        </div>
      </details>
    </li>
  ));
}

function factsOf(platform: PlatformId) {
  const place = PLACE[platform];
  return [
    ...(place ? [{ term: place, value: "Sandbox on this machine" }] : []),
    ...TO_ENTER[platform].map(([term, text]) => ({
      term,
      value: <CopyText text={text} label={`Copy the ${term}`} />,
    })),
  ];
}

function GoogleRest({ desktop }: { desktop: string }) {
  return (
    <p className="text-sm text-muted">
      The service account key is new at each start. It stands with the agents’ OAuth client under{" "}
      <a href={desktop} target="_blank" rel="noreferrer" className="underline">
        Admin set-up of the agent desk
      </a>
      .
    </p>
  );
}
