import { StateBadge } from "#/components/ui/badge.tsx";

type ConnectionStateProps = { connection: { active: boolean; lastEventAt: Date | undefined; dead?: number } };

/** How a connection is doing, in one word. */
export function ConnectionState({ connection: { active, lastEventAt, dead = 0 } }: ConnectionStateProps) {
  if (!active) return <StateBadge state="off">paused</StateBadge>;
  if (!lastEventAt) return <StateBadge state="waiting">no event yet</StateBadge>;
  if (dead > 0) return <StateBadge state="warn">connected, with errors</StateBadge>;
  return <StateBadge state="ok">connected</StateBadge>;
}
