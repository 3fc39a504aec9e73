import Link from "next/link";
import { Duration, RelativeTime } from "#/components/ui/time.tsx";
import type { ConnectionHealth } from "#/lib/integrations/read-connection-health.ts";
import { errorRate } from "./error-rate.ts";

type ConnectionHealthProps = {
  health: ConnectionHealth;
  /** Address of the event inspector. */
  eventsPath: string;
};

/** How a connection does, in one line above its tabs. */
export function ConnectionHealthStrip({ health, eventsPath }: ConnectionHealthProps) {
  const { lastEventAt, deliveries, dead, waiting, oldestWaitingAt, lagMs } = health;
  return (
    <dl
      aria-label="How it does"
      className="mb-4 grid grid-cols-2 gap-x-6 gap-y-2 rounded-md border bg-surface px-4 py-2.5 sm:flex sm:flex-wrap"
    >
      <Fact term="Last event">{lastEventAt ? <RelativeTime at={lastEventAt} /> : "none yet"}</Fact>
      <Fact term="Errors, 24 h">
        {dead > 0 ? (
          <Link href={`${eventsPath}?state=dead`} className="text-error underline underline-offset-4">
            {errorRate(dead, deliveries)}
          </Link>
        ) : (
          "none"
        )}
      </Fact>
      <Fact
        term="Lag"
        title="From what happened at the platform to its arrival here, median of the last 100 events"
      >
        {lagMs === undefined ? "–" : <Duration ms={lagMs} />}
      </Fact>
      <Fact term="Waiting here">
        {waiting === 0 ? (
          "nothing"
        ) : (
          <>
            {waiting.toLocaleString("en")}
            {oldestWaitingAt ? (
              <>
                , oldest <RelativeTime at={oldestWaitingAt} />
              </>
            ) : null}
          </>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ term, title, children }: { term: string; title?: string; children: React.ReactNode }) {
  return (
    <div className="min-w-24" title={title}>
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
