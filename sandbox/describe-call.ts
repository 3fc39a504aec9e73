import type { CallEvent, CallReport } from "./genesys/call-events.ts";

/** One line for a person about what happened; undefined for what happens ten times a second. */
export function describeEvent(event: CallEvent): string | undefined {
  switch (event.type) {
    case "connecting":
      return `calling       ${event.url} (conversation ${event.conversationId})`;
    case "connected":
      return `connected     after ${ms(event.afterMs)}`;
    case "opened":
      return `opened        after ${ms(event.afterMs)}: ${event.media?.channels.join(" + ") ?? "no audio wanted"}${event.startPaused ? ", paused" : ""}`;
    case "transcript":
      return event.transcript.isFinal ? describeTranscript(event) : undefined;
    case "paused":
      return `${clock(event.atMs)}  paused by the ${event.by}`;
    case "resumed":
      return `${clock(event.atMs)}  resumed, ${ms(event.lostMs)} not heard`;
    case "discarded":
      return `${clock(event.atMs)}  discarded ${ms(event.lostMs)}`;
    case "updated":
      return "language updated";
    case "reconnect-asked":
      return `reconnect asked for${event.info ? `: ${event.info}` : ""}`;
    case "disconnect":
      return `server leaves (${event.reason})${event.info ? `: ${event.info}` : ""}`;
    case "violation":
      return `VIOLATION     ${event.violation.code}: ${event.violation.message}`;
    case "closing":
      return `${clock(event.atMs)}  closing (${event.reason})`;
    default:
      return undefined;
  }
}

function describeTranscript({ transcript }: Extract<CallEvent, { type: "transcript" }>): string {
  const [alternative] = transcript.alternatives;
  const text = alternative?.interpretations[0]?.transcript ?? "";
  return `${transcript.offset ?? "PT?"}  channel ${transcript.channelId}: ${text}`;
}

export function describeReport(report: CallReport): string {
  const rtts = report.rttsMs.toSorted((a, b) => a - b);
  return [
    report.detail,
    `  streamed ${clock(report.streamedMs)} in ${report.framesSent} frames (${Math.round(report.bytesSent / 1000)} kB)`,
    ...(report.openedAfterMs === undefined ? [] : [`  opened after ${ms(report.openedAfterMs)}`]),
    ...(report.closedAfterMs === undefined ? [] : [`  closed after ${ms(report.closedAfterMs)}`]),
    ...(rtts.length === 0
      ? []
      : [`  ${rtts.length} pongs, median ${ms(rtts[Math.floor(rtts.length / 2)] ?? 0)}`]),
    `  ${report.violations.length} protocol violations`,
  ].join("\n");
}

function ms(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function clock(value: number): string {
  const seconds = Math.floor(value / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
