import { StateBadge } from "#/components/ui/badge.tsx";
import { EmptyState, ErrorState } from "#/components/ui/empty-state.tsx";
import { ShortId } from "#/components/ui/short-id.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import type { DirectoryEntry, DirectoryPage } from "#/lib/directory/read-directory.ts";
import { LinkSheet, type SaveLink } from "./link-sheet.tsx";

type ConnectedAgentsProps = {
  directory: DirectoryPage;
  connectionId: string;
  /** Absent for who may only look. */
  save: SaveLink | undefined;
};

const MOST_CONVERSATIONS = 3;

/** Who is there now and by which keys; those whom nobody could match stand first, with the way to mend it. */
export function ConnectedAgents({ directory, connectionId, save }: ConnectedAgentsProps) {
  const { agents, unknown, widgetsKnown } = directory;
  const present = agents.filter(({ widgets, conversations }) => widgets > 0 || conversations.length > 0);
  if (!widgetsKnown) {
    return (
      <ErrorState title="Nobody knows right now whose widgets are open">
        Redis does not answer. Links are kept and count again once it is back; this page tries by itself.
      </ErrorState>
    );
  }
  if (present.length === 0 && unknown.length === 0) {
    return (
      <EmptyState title="No agent is connected">
        An agent appears here as soon as the widget opens in their desktop, or an event says that they have a
        conversation.
      </EmptyState>
    );
  }
  return (
    <Table caption="Agents who are connected now" maxHeight="28rem">
      <TableHead>
        <TableHeader width="min">Match</TableHeader>
        <TableHeader>Agent in the events</TableHeader>
        <TableHeader>Keys of the widget</TableHeader>
        <TableHeader width="min" align="right">
          Widgets
        </TableHeader>
        <TableHeader>Conversations</TableHeader>
        <TableHeader width="min" />
      </TableHead>
      <TableBody>
        {unknown.map(({ names, widgets }) => (
          <TableRow key={names.join("\n")}>
            <TableCell wrap="never">
              <StateBadge state="warn" look="plain" title="No event and no link names one of its keys.">
                Not matched
              </StateBadge>
            </TableCell>
            <TableCell tone="muted">Unknown</TableCell>
            <TableCell>
              <Keys keys={names} />
            </TableCell>
            <TableCell align="right">{widgets}</TableCell>
            <TableCell />
            <TableCell wrap="never">
              {save ? <LinkSheet connectionId={connectionId} save={save} names={names} /> : null}
            </TableCell>
          </TableRow>
        ))}
        {present.map((agent) => (
          <AgentRow key={agent.agentId} agent={agent} />
        ))}
      </TableBody>
    </Table>
  );
}

function AgentRow({ agent }: { agent: DirectoryEntry }) {
  const { agentId, keys, widgets, conversations } = agent;
  const beyond = conversations.length - MOST_CONVERSATIONS;
  return (
    <TableRow>
      <TableCell wrap="never">
        {widgets > 0 ? (
          <StateBadge state="ok" look="plain">
            Matched
          </StateBadge>
        ) : (
          <StateBadge
            state="waiting"
            look="plain"
            title="Events name this agent; what they bring is kept and shown once the widget opens."
          >
            No widget
          </StateBadge>
        )}
      </TableCell>
      <TableCell tone="mono">{agentId}</TableCell>
      <TableCell>
        <Keys keys={keys} />
      </TableCell>
      <TableCell align="right">{widgets}</TableCell>
      <TableCell>
        <span className="flex flex-wrap gap-x-2">
          {conversations.slice(0, MOST_CONVERSATIONS).map((id) => (
            <ShortId key={id} id={id} label="conversation" />
          ))}
          {beyond > 0 ? <span className="text-sm text-muted">and {beyond} more</span> : null}
        </span>
      </TableCell>
      <TableCell />
    </TableRow>
  );
}

function Keys({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0) return <span className="text-muted">–</span>;
  return (
    <span className="flex min-w-60 flex-wrap gap-x-3 font-mono text-sm">
      {keys.map((key) => (
        <span key={key} className="break-all">
          {key}
        </span>
      ))}
    </span>
  );
}
