import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { GenesysClient } from "../api/genesys-client.ts";

const text = z.string().nullish();
const communication = z.object({ id: z.string(), state: text });
const conversation = z.object({
  participants: z.array(
    z.object({
      id: z.string(),
      purpose: text,
      userId: text,
      connectedTime: text,
      endTime: text,
      messages: z.array(communication).nullish(),
      calls: z.array(communication).nullish(),
    }),
  ),
});

export type WriteTarget = { media: "messages" | "calls"; participantId: string; communicationId?: string };

/**
 * Where this agent's words go now: the last participant that is them (contract section 5.5). Asked anew each time,
 * since a transfer gives another one and a widget that does not hold the channel hears of it late.
 */
export async function writeTarget(
  client: GenesysClient,
  conversationId: string,
  userId: string,
  signal: AbortSignal,
): Promise<WriteTarget> {
  const path = `/api/v2/conversations/${encodeURIComponent(conversationId)}`;
  const { participants } = await client.request("GET", path, { schema: conversation, signal });
  const mine = participants.filter((each) => each.userId === userId && each.purpose !== "customer");
  const last = mine.findLast(({ connectedTime, endTime }) => connectedTime && !endTime) ?? mine.at(-1);
  if (!last) throw new AppError("forbidden", "You take no part in this conversation in Genesys Cloud.");
  const message = last.messages?.at(-1);
  const call = last.calls?.at(-1);
  return {
    media: message || !call ? "messages" : "calls",
    participantId: last.id,
    communicationId: (message ?? call)?.id,
  };
}
