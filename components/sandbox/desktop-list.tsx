import { ExternalLink } from "lucide-react";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { type OtherPlatform, OtherPlatforms } from "./other-platforms.tsx";
import { PLAYED } from "./played-platforms.ts";

/** A page that plays a platform's own desktop, with this connection's widget in it. */
export type SandboxDesktop = { connectionId: string; platform: PlatformId; name: string; href: string };

type DesktopListProps = {
  slug: string;
  desktops: readonly SandboxDesktop[];
  others: readonly OtherPlatform[];
};

/** The platforms' desktops: there an agent answers, signs in, sends and wraps up as on the platform itself. */
export function DesktopList({ slug, desktops, others }: DesktopListProps) {
  return (
    <Card padding="none">
      <div className="px-4 pt-4">
        <CardHeader
          title="Agent desktops"
          hint="The platform itself as far as an agent sees it, with the widget in its frame. Nothing has to be pasted there."
        />
      </div>
      <ul>
        {desktops.map(({ connectionId, platform, name, href }) => (
          <li key={connectionId} className="flex items-center gap-3 border-t px-4 py-2.5">
            <PlatformMark platform={platform} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-sm text-muted">{PLAYED[platform]}</span>
            </span>
            <Button asChild size="sm">
              <a href={href} target="_blank" rel="noreferrer">
                Open the desktop
                <ExternalLink aria-hidden />
                <span className="sr-only">of {name}, in a new tab</span>
              </a>
            </Button>
          </li>
        ))}
        <OtherPlatforms slug={slug} platforms={others} />
      </ul>
    </Card>
  );
}
