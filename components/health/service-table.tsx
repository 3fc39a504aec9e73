import type { DependencyHealth } from "#/lib/health/probe-dependencies.ts";
import type { Backlog, QueueHealth } from "#/lib/health/read-backlog.ts";
import type { ServiceUse } from "#/lib/health/read-model-use.ts";
import type { ProcessHealth, ProcessState } from "#/lib/health/read-processes.ts";
import { type State, StateBadge } from "../ui/badge.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { durationWords } from "../ui/time-words.ts";
import { figureWords } from "./figure-words.ts";

type ServiceTableProps = {
  processes: readonly ProcessHealth[];
  dependencies: readonly DependencyHealth[];
  queues: readonly QueueHealth[];
  backlog: Backlog | undefined;
  services: readonly ServiceUse[];
};

const NAMES: Record<string, string> = {
  web: "Web",
  realtime: "Realtime",
  audiohook: "AudioHook",
  ingest: "Ingest",
  jobs: "Jobs",
  subscriptions: "Subscriptions",
  sandbox: "Sandbox",
  postgres: "Postgres",
  redis: "Redis",
};

const STATES: Record<ProcessState, { state: State; word: string }> = {
  running: { state: "ok", word: "Running" },
  silent: { state: "warn", word: "Silent" },
  absent: { state: "error", word: "Not running" },
  unknown: { state: "off", word: "Unknown" },
};

/** A line for each process and for each thing that all of them need. */
export function ServiceTable({ processes, dependencies, queues, backlog, services }: ServiceTableProps) {
  return (
    <section>
      <h2 className="mb-3 text-base font-semibold">Processes and dependencies</h2>
      <Table caption="Processes and dependencies">
        <TableHead>
          <TableHeader>Name</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader align="right">Copies</TableHeader>
          <TableHeader>Since</TableHeader>
          <TableHeader>Version</TableHeader>
          <TableHeader align="right">Memory</TableHeader>
          <TableHeader width="wide">Now</TableHeader>
        </TableHead>
        <TableBody>
          {processes.map((each) => (
            <ProcessRow key={each.name} process={each} />
          ))}
          {dependencies.map(({ name, ok, ms, downSince }) => (
            <TableRow key={name}>
              <TableCell wrap="never">{NAMES[name]}</TableCell>
              <TableCell wrap="never">
                <StateBadge state={ok ? "ok" : "error"} look="plain">
                  {ok ? "Answers" : "No answer"}
                </StateBadge>
              </TableCell>
              <TableCell align="right" tone="muted">
                –
              </TableCell>
              <TableCell tone={downSince ? "plain" : "muted"} wrap="never">
                {downSince ? <RelativeTime at={downSince} /> : "–"}
              </TableCell>
              <TableCell tone="muted">–</TableCell>
              <TableCell align="right" tone="muted">
                –
              </TableCell>
              <TableCell tone="muted">{ms === undefined ? "" : `answers in ${durationWords(ms)}`}</TableCell>
            </TableRow>
          ))}
          {services.map((service) => (
            <UsedServiceRow key={service.id} service={service} />
          ))}
          <WaitingRow queues={queues} backlog={backlog} />
        </TableBody>
      </Table>
    </section>
  );
}

function ProcessRow({ process }: { process: ProcessHealth }) {
  const { state, word } = STATES[process.state];
  return (
    <TableRow>
      <TableCell wrap="never">{NAMES[process.name] ?? process.name}</TableCell>
      <TableCell wrap="never">
        <StateBadge state={state} look="plain">
          {word}
        </StateBadge>
      </TableCell>
      <TableCell align="right">{process.replicas}</TableCell>
      <TableCell wrap="never">
        <Since process={process} />
      </TableCell>
      <TableCell tone="muted" wrap="never">
        {process.versions.join(", ") || "–"}
      </TableCell>
      <TableCell align="right" wrap="never">
        {process.memoryMb === undefined ? <span className="text-muted">–</span> : `${process.memoryMb} MB`}
      </TableCell>
      <TableCell tone="muted">
        <span className="block min-w-56">{figureWords(process.figures)}</span>
      </TableCell>
    </TableRow>
  );
}

/** Of one that runs, its start; of one that does not, the last moment in which it did. */
function Since({ process }: { process: ProcessHealth }) {
  const at = process.state === "running" ? process.since : process.lastBeatAt;
  return at ? <RelativeTime at={at} /> : <span className="text-muted">–</span>;
}

const KINDS = { model: "Model", speech: "Speech" } as const;

/** A model or speech service of the tenant's own: nobody asks it to look well here, its last use is what counts. */
function UsedServiceRow({ service }: { service: ServiceUse }) {
  const { kind, name, asked, failed, failing, failingSince, lastAnswerAt, isDefault } = service;
  const state = failing ? "warn" : lastAnswerAt ? "ok" : "off";
  const word = failing ? "No answers" : lastAnswerAt ? "Answers" : "Not used lately";
  const counts =
    asked === 0 ? "" : `${asked.toLocaleString("en")} asked in 24 h, ${failed} without an answer`;
  return (
    <TableRow>
      <TableCell wrap="never">
        <span className="text-muted">{KINDS[kind]}</span> {name}
      </TableCell>
      <TableCell wrap="never">
        <StateBadge state={state} look="plain">
          {word}
        </StateBadge>
      </TableCell>
      <TableCell align="right" tone="muted">
        –
      </TableCell>
      <TableCell wrap="never">
        {failingSince && failing ? <RelativeTime at={failingSince} /> : <span className="text-muted">–</span>}
      </TableCell>
      <TableCell tone="muted">–</TableCell>
      <TableCell align="right" tone="muted">
        –
      </TableCell>
      <TableCell tone="muted">
        {[isDefault ? "the default" : "", counts].filter(Boolean).join(" · ")}
        {lastAnswerAt ? (
          <>
            {" "}
            · answered <RelativeTime at={lastAnswerAt} />
          </>
        ) : null}
      </TableCell>
    </TableRow>
  );
}

/** What is stored and unfinished is the truth; the queues in Redis only announce it. */
function WaitingRow({ queues, backlog }: Pick<ServiceTableProps, "queues" | "backlog">) {
  const waiting = backlog ? backlog.deliveries.count + backlog.events.count : undefined;
  const oldest = [backlog?.deliveries.oldestAt, backlog?.events.oldestAt].flatMap((at) => at ?? []).sort()[0];
  const announced = queues
    .filter((queue) => queue.waiting + queue.active > 0)
    .map(({ name, waiting: n, active }) => `${name} ${n} waiting, ${active} active`);
  return (
    <TableRow>
      <TableCell wrap="never">Waiting work</TableCell>
      <TableCell wrap="never">
        {waiting === undefined ? (
          <StateBadge state="off" look="plain">
            Unknown
          </StateBadge>
        ) : (
          <StateBadge state={waiting === 0 ? "ok" : "busy"} look="plain">
            {waiting === 0 ? "None" : `${waiting.toLocaleString("en")} waiting`}
          </StateBadge>
        )}
      </TableCell>
      <TableCell align="right" tone="muted">
        –
      </TableCell>
      <TableCell wrap="never">
        {oldest ? <RelativeTime at={oldest} /> : <span className="text-muted">–</span>}
      </TableCell>
      <TableCell tone="muted">–</TableCell>
      <TableCell align="right" tone="muted">
        –
      </TableCell>
      <TableCell tone="muted">
        {backlog
          ? `${backlog.deliveries.count} deliveries, ${backlog.events.count} events, of all tenants`
          : "Postgres did not say"}
        {announced.length > 0 ? ` · queues: ${announced.join("; ")}` : " · queues empty"}
      </TableCell>
    </TableRow>
  );
}
