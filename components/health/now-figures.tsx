import type { ConnectionHealth } from "#/lib/health/read-connections.ts";
import type { ProcessHealth } from "#/lib/health/read-processes.ts";

type NowFiguresProps = { connections: readonly ConnectionHealth[]; processes: readonly ProcessHealth[] };

/** What goes on at this moment, in four numbers. */
export function NowFigures({ connections, processes }: NowFiguresProps) {
  const figure = (name: string) =>
    processes.find(({ figures }) => figures[name] !== undefined)?.figures[name]?.toLocaleString("en") ?? "–";
  const sum = (pick: (connection: ConnectionHealth) => number) =>
    connections.reduce((n, each) => n + pick(each), 0);
  const figures = [
    {
      term: "Events a minute",
      value: sum(({ eventsPerMinute }) => eventsPerMinute).toFixed(1),
      hint: "last 5 minutes",
    },
    {
      term: "Live conversations",
      value: sum(({ liveConversations }) => liveConversations).toLocaleString("en"),
      hint: "of this tenant",
    },
    { term: "Connected widgets", value: figure("widgets"), hint: "whole service" },
    { term: "Calls", value: figure("calls"), hint: "whole service" },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line lg:grid-cols-4">
      {figures.map(({ term, value, hint }) => (
        <div key={term} className="bg-surface px-4 py-3">
          <dt className="text-xs text-muted">{term}</dt>
          <dd className="flex items-baseline gap-2">
            <span className="text-xl font-semibold tabular-nums">{value}</span>
            <span className="text-xs text-muted">{hint}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
