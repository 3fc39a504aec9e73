import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { badRequest, conflict, missingPermission, notFound } from "./api-error.ts";
import type { Clock } from "./clock.ts";
import { type Conversation, inAcw, type Participant, type WrapUp } from "./conversation.ts";
import type { Directory } from "./directory.ts";
import type { Interactions } from "./interactions.ts";
import type { Publish } from "./publish.ts";
import type { Token } from "./tokens.ts";

export const wrapUpInputSchema = z.object({
  code: z.string(),
  name: z.string().optional(),
  notes: z.string().optional(),
  tags: z.array(z.string()).optional(),
  durationSeconds: z.number().optional(),
  endTime: z.string().optional(),
  provisional: z.boolean().default(false),
  disableEndTimeUpdates: z.boolean().optional(),
});

export type WrapUpInput = z.output<typeof wrapUpInputSchema>;
export type SavedWrapUp = WrapUp & { conversationId: string; participantId: string; userId?: string };
export type WrapUps = ReturnType<typeof createWrapUps>;

type Deps = { clock: Clock; directory: Directory; interactions: Interactions; publish: Publish };

/** Wrap-ups: provisional ones stay open to change, a final one ends the after-call work. */
export function createWrapUps({ clock, directory, interactions, publish }: Deps) {
  let saved: SavedWrapUp[] = [];
  return {
    save(conversation: Conversation, participant: Participant, input: WrapUpInput, token: Token): void {
      assertOwn(participant, token);
      const { code, notes, tags, durationSeconds, provisional } = input;
      const known = directory.wrapUpCodes().find(({ id }) => id === code);
      if (!known) throw badRequest(`Wrap-up code ${code} does not exist.`);
      const next: WrapUp = {
        code,
        name: known.name,
        notes,
        tags,
        durationSeconds,
        provisional,
        at: clock.now(),
      };
      const open = participant.state === "connected" || inAcw(participant);
      if (!open) {
        // the same final wrap-up once more is a retry whose first answer was lost
        if (sameContent(participant.wrapUp, next)) return;
        throw conflict("The after-call work of this participant is over.");
      }
      participant.wrapUp = next;
      saved.push({
        ...next,
        conversationId: conversation.id,
        participantId: participant.id,
        userId: participant.userId,
      });
      if (!provisional && inAcw(participant)) interactions.completeAcw(conversation, participant);
      else publish(conversation);
    },
    saved: () => saved,
    clear(): void {
      saved = [];
    },
  };
}

function assertOwn({ purpose, userId }: Participant, { user }: Token): void {
  if (purpose !== "agent") throw badRequest("Only an agent's part is wrapped up.");
  if (user && user.id !== userId) throw missingPermission("conversation:participant:wrapup");
}

export function participantOf(conversation: Conversation, id: string): Participant {
  const found = conversation.participants.find((participant) => participant.id === id);
  if (!found) throw notFound("participant", id);
  return found;
}

function sameContent(a: WrapUp | undefined, b: WrapUp): boolean {
  return a !== undefined && isDeepStrictEqual({ ...a, at: 0 }, { ...b, at: 0 });
}
