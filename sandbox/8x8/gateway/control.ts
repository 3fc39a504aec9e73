import type { IncomingMessage } from "node:http";
import * as z from "zod";
import { readJson } from "../../http/router.ts";
import type { Gateway } from "./create-gateway.ts";

const BODY_LIMIT = 64_000;
const text = z.string().min(1).max(200);

const webhookSchema = z.object({ url: z.url() });
const messageSchema = z.object({
  conversationId: text,
  from: z.enum(["user", "agent"]).default("user"),
  text: z.string().max(5_000),
});
const faultsSchema = z.object({
  wrongSignature: z.boolean().optional(),
  alteredBody: z.boolean().optional(),
  staleByMs: z.number().min(0).optional(),
  repeats: z.int().min(0).max(10).optional(),
});

/** `/_control/gateway/...`: the webhook, what is said in a chat, and the knobs. Undefined for any other address. */
export async function controlGateway(
  gateway: Gateway,
  path: string,
  request: IncomingMessage,
): Promise<object | undefined> {
  switch (path) {
    case "/_control/gateway/webhook":
      await gateway.register((await readJson(request, webhookSchema, BODY_LIMIT)).url);
      return { ok: true };
    case "/_control/gateway/messages": {
      const { conversationId, from, text: said } = await readJson(request, messageSchema, BODY_LIMIT);
      await gateway.message(conversationId, from, said);
      return { sent: gateway.sent.at(-1) };
    }
    case "/_control/gateway/faults":
      gateway.faults(await readJson(request, faultsSchema, BODY_LIMIT));
      return { ok: true };
    default:
      return undefined;
  }
}
