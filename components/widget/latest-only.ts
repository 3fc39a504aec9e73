import type { DoneAnswer } from "#/lib/realtime/requests.ts";
import type { SaidContext } from "./conversation-link.ts";
import type { Outbox } from "./outbox.ts";

/** A desktop may tell of a change more often than the server listens: what was overtaken is left out. */
export function latestOnly(
  outbox: Outbox,
  send: (said: SaidContext) => Promise<DoneAnswer>,
): (said: SaidContext) => void {
  let latest = "{}";
  let waiting = false;
  const pass = () => {
    let sent = latest;
    waiting = true;
    const parcel = outbox.add(() => {
      sent = latest;
      return send(JSON.parse(sent) as SaidContext);
    });
    void parcel.then(() => {
      waiting = false;
      if (sent !== latest) pass();
    });
  };
  return ({ queue, agent, channel, language, participantId, reopenedAt }) => {
    const said = JSON.stringify({ queue, agent, channel, language, participantId, reopenedAt });
    if (said === "{}" || said === latest) return;
    latest = said;
    if (!waiting) pass();
  };
}
