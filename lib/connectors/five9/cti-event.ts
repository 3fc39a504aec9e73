import * as z from "zod";
import type { Five9Credentials } from "./credentials.ts";
import type { Pushed } from "./deliveries.ts";

const value = z.union([z.string(), z.number()]).transform((given) => String(given).trim());
const variables = z.record(z.string(), z.unknown());
/** Only these keys are documented; the envelope around them is not (contract section 3). */
const bodySchema = z.looseObject({ payload: z.looseObject({ attached_variables: variables }) });

const LONGEST_ID = 200;

type Own = Pick<Five9Credentials, "eventNameField" | "endedEvents" | "voice">;

/** A CTI event of a subscription. What names no call is kept with the reason instead of being lost. */
export function readCtiEvent({ eventNameField, endedEvents, voice }: Own, body: unknown): Pushed {
  const read = bodySchema.safeParse(body);
  if (!read.success)
    return { kind: "unreadable", reason: "The event has no payload.attached_variables.", body };
  const given = read.data.payload.attached_variables;
  const variable = (...names: string[]) =>
    names.map((name) => textOf(given[name])).find((text) => text !== undefined);
  const conversationId = variable("Call.call_id");
  if (!conversationId)
    return {
      kind: "unreadable",
      reason: "The event has no Call.call_id among its attached variables.",
      body,
    };
  const name = textOf(at(body, eventNameField)) ?? "";
  // Mappings are kept by the skill's id, which the voice stream tells: there its name alone would only hide it.
  const queue = variable("Call.skill_id") ?? (voice ? undefined : variable("Call.skill_name"));
  const agent = variable("Agent.id", "Call.agent_id");
  return {
    kind: "cti",
    conversationId,
    name,
    ended: isEnd(name, endedEvents),
    ...(queue && { queue: { id: queue, name: variable("Call.skill_name") ?? queue } }),
    ...(agent && { agent: { id: agent, name: variable("Agent.full_name") } }),
    at: textOf(at(body, "timestamp")) ?? textOf(at(body, "payload.timestamp")),
    body,
  };
}

function isEnd(name: string, endedEvents: string): boolean {
  const flat = (text: string) => text.toLowerCase().replaceAll(/[\s.\-_]/g, "");
  return name !== "" && endedEvents.split(",").map(flat).includes(flat(name));
}

/** `a.b.c` in a foreign body. */
function at(body: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((found, key) => {
    const read = variables.safeParse(found);
    return read.success ? read.data[key] : undefined;
  }, body);
}

function textOf(given: unknown): string | undefined {
  const read = value.safeParse(given);
  return read.success && read.data !== "" && read.data.length <= LONGEST_ID ? read.data : undefined;
}
