import type { Socket } from "socket.io";
import type * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { AgentClientToServer, AgentServerToClient } from "#/lib/realtime/agent-contract.ts";
import type { ServerToClient } from "#/lib/realtime/contract.ts";
import type { ClientToServer, Failure } from "#/lib/realtime/requests.ts";
import type { Place } from "#/lib/realtime/rooms.ts";
import type { WidgetClaims, WidgetToken } from "#/lib/realtime/widget-token.ts";
import { createTokenBucket, type Rate } from "./token-bucket.ts";

type SocketState = { token: WidgetToken };
export type WidgetSocket = Socket<
  ClientToServer & AgentClientToServer,
  ServerToClient & AgentServerToClient,
  Record<string, never>,
  SocketState
>;

/**
 * The conversation that a request is about, if the socket's token allows it. Anything else, whosever it
 * is, does not exist.
 */
export function placeOf(claims: WidgetClaims, conversationId: string): Place {
  if (conversationId !== claims.conversationId)
    throw new AppError("not_found", "There is no such conversation.");
  return {
    tenantId: claims.tenantId,
    connectionId: claims.connectionId,
    platformConversationId: claims.conversationId,
  };
}

type Answer<R> = (result: R | Failure) => void;

/**
 * Makes the listener of one kind of request: within its rate, checked against its schema, and answered
 * whatever happens. A client that wants no answer gets none.
 */
export function createAnswering(log: Log, now: () => number) {
  return <S extends z.ZodType, R>(rate: Rate, schema: S, run: (input: z.output<S>) => Promise<R>) => {
    const bucket = createTokenBucket(rate);
    return async (input: unknown, answer?: Answer<R>): Promise<void> => {
      const reply: Answer<R> = typeof answer === "function" ? answer : () => {};
      try {
        if (!bucket.take(now()))
          throw new AppError("rate_limited", "Too many requests from this widget; wait a moment.");
        reply(await run(parse(schema, input)));
      } catch (error) {
        reply(toFailure(error, log));
      }
    };
  };
}

function toFailure(error: unknown, log: Log): Failure {
  if (isAppError(error)) {
    if (error.retryable && error.code !== "rate_limited") log.warn({ err: error }, "request failed");
    return { ok: false, code: error.code, message: error.message };
  }
  log.error({ err: error }, "request failed");
  return { ok: false, code: "upstream_unavailable", message: "This failed on our side; try again." };
}
