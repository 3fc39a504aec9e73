import { ExternalLink } from "lucide-react";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";

/** A page that plays a platform's own desktop, with this connection's widget in it. */
export type SandboxDesktop = { connectionId: string; platform: PlatformId; name: string; href: string };

/** The platforms' desktops: there an agent answers, signs in, sends and wraps up as on the platform itself. */
export function DesktopList({ desktops }: { desktops: readonly SandboxDesktop[] }) {
  return (
    <Card padding="none">
      <div className="px-4 pt-4">
        <CardHeader
          title="Agent desktops"
          hint="The platform itself as far as an agent sees it: customers who write, sign-in, sending and wrap-up, with the widget in its frame."
        />
      </div>
      <ul>
        {desktops.map(({ connectionId, platform, name, href }) => (
          <li key={connectionId} className="flex items-center gap-3 border-t px-4 py-2.5">
            <PlatformMark platform={platform} />
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <Button asChild size="sm">
              <a href={href} target="_blank" rel="noreferrer">
                Open the desktop
                <ExternalLink aria-hidden />
                <span className="sr-only">of {name}, in a new tab</span>
              </a>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
