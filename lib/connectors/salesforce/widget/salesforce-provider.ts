import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { BroughtSession, WidgetHandlers, WidgetProvider, WriteOutcome } from "../../widget-provider.ts";
import type { BrowserProvider } from "../../widget-registry.ts";
import { manifest } from "../manifest.ts";
import type { PageAnswer } from "./envelope.ts";
import { browserPage, type ChannelPage, openPageChannel, type PageChannel } from "./page-channel.ts";

/** Apex and our own token endpoint are both in between. */
const TOKEN_WITHIN_MS = 20_000;
/** Below what the widget gives a platform, so that our own words come first. */
const WRITE_WITHIN_MS = 9_000;

const tokenSchema = z.object({
  token: z.string().min(1).max(4_096),
  expiresInSeconds: z.number().positive(),
  realtimeUrl: z.url(),
  agent: z.object({ id: z.string().max(200), name: z.string().max(200).optional() }).optional(),
});
const foundSchema = z.object({ found: z.boolean(), platformId: z.string().max(200).optional() });

type Parts = { page: ChannelPage; isAllowed(origin: string): boolean };

/**
 * The messaging session's page brings all of it: who is at work, what is written, the token, and the way back. The
 * token is asked for when it is needed and kept by nobody but the widget's own link.
 */
export function createSalesforceProvider({ page, isAllowed }: Parts): WidgetProvider {
  let channel: PageChannel | undefined;
  let onScreen: string | undefined;
  const ask: PageChannel["ask"] = async (asked, withinMs) =>
    channel?.ask(asked, withinMs) ?? { id: "", ok: false, unknown: false, retryable: true, reason: NOT_OPEN };

  return {
    start(handlers) {
      const seen = new Set<string>();
      channel = openPageChannel({
        page,
        isAllowed,
        onMessage: (message) => {
          if (message.type === "context") onScreen = message.payload.conversationId;
          tell(message, handlers, seen);
        },
        onUnknown: (payload) => handlers.onUnknown?.({ topic: "message of the Salesforce page", payload }),
      });
      return () => {
        channel?.close();
        channel = undefined;
      };
    },
    insert: (text) => {
      if (onScreen) void ask({ what: "insert", conversationId: onScreen, text }, WRITE_WITHIN_MS);
    },
    openSession: async (conversationId) =>
      readSession(conversationId, await ask({ what: "token", conversationId }, TOKEN_WITHIN_MS)),
    writeBack: {
      send: async (conversationId, text) =>
        outcomeOf(await ask({ what: "send", conversationId, text }, WRITE_WITHIN_MS)),
      find: async (conversationId, sent) =>
        foundOf(await ask({ what: "find", conversationId, ...sent }, WRITE_WITHIN_MS)),
      // Salesforce has no wrap-up codes: the summary's one place is the session itself.
      wrapUpCodes: async () => [{ id: "messaging-session", name: "Messaging session" }],
      saveWrapUp: async (conversationId, { notes }) =>
        outcomeOf(await ask({ what: "save", conversationId, text: notes }, WRITE_WITHIN_MS)),
    },
  };
}

const NOT_OPEN = "The Salesforce page is not connected to the widget.";

type Told = Parameters<Parameters<typeof openPageChannel>[0]["onMessage"]>[0];

function tell(message: Told, handlers: WidgetHandlers, seen: Set<string>): void {
  switch (message.type) {
    case "context":
      handlers.onContext({ ...message.payload, channel: "chat" });
      handlers.onState?.({ state: "ready" });
      return;
    case "message": {
      // The page tells of the whole conversation again after each reload of ours or of the component's.
      const key = JSON.stringify([message.payload.conversationId, message.payload.messageId]);
      if (seen.has(key)) return;
      seen.add(key);
      handlers.onMessage(message.payload);
      return;
    }
    case "ended": {
      const { conversationId, reason, at } = message.payload;
      handlers.onEnded?.(conversationId, reason, at);
      return;
    }
    case "component":
      handlers.onState?.(
        message.payload.present
          ? { state: "ready" }
          : { state: "reconnecting", detail: message.payload.detail ?? NO_COMPONENT },
      );
  }
}

const NO_COMPONENT = "The Agent Assist component is not on this page, so messages cannot be followed.";

function readSession(conversationId: string, answer: PageAnswer): BroughtSession {
  if (!answer.ok) throw new AppError(answer.retryable ? "upstream_unavailable" : "forbidden", answer.reason);
  const read = tokenSchema.safeParse(answer.value);
  if (!read.success)
    throw new AppError("upstream_unavailable", "Salesforce brought something else than a token.");
  const { agent, ...session } = read.data;
  return { ...session, conversationId, ...(agent && { agent: { ...agent, claimed: false } }) };
}

function outcomeOf(answer: PageAnswer): WriteOutcome {
  if (answer.ok) return { kind: "sent" };
  const { reason, retryable, unknown } = answer;
  return unknown ? { kind: "unknown", reason } : { kind: "failed", reason, retryable };
}

function foundOf(answer: PageAnswer): WriteOutcome {
  if (!answer.ok) return { kind: "unknown", reason: answer.reason };
  const read = foundSchema.safeParse(answer.value);
  if (!read.success || !read.data.found)
    return { kind: "unknown", reason: "The conversation's log has no such message yet." };
  const { platformId } = read.data;
  return { kind: "sent", ...(platformId && { platformId }) };
}

/** The desktops that may frame us; where the browser tells which one does, only that one is heard. */
const PLATFORM = manifest.frameAncestors.map((rule) => rule.replace("https://*.", "."));

function isPlatform(origin: string): boolean {
  const url = URL.parse(origin);
  return url?.protocol === "https:" && PLATFORM.some((host) => url.host.endsWith(host));
}

/** The widget on a messaging session's page (contract section 6). */
export const salesforceProvider: BrowserProvider = {
  // Any other page fills in a conversation, and tells by itself what it shows.
  fits: ({ conversationId }) => conversationId === undefined,
  signsIn: false,
  create: ({ page, host }) =>
    createSalesforceProvider({
      page: browserPage(page),
      isAllowed: (origin) => (host === undefined ? isPlatform(origin) : origin === host),
    }),
};
