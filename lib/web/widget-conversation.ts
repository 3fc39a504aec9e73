import { widgetSideOf } from "#/lib/connectors/widget-sides.ts";
import type { Connection } from "#/lib/integrations/find-connection.ts";
import { serverAccess } from "#/lib/integrations/server-access.ts";
import { webNetwork } from "./network.ts";
import { redis } from "./redis.ts";
import { webLog } from "./web-log.ts";
import { widgetGround } from "./widget-ground.ts";

const KEPT_SECONDS = 60;
/** An agent waits for this answer. */
const ASK_MS = 2_500;
/** The platform may not know yet what it has just put on the agent's screen. */
const AGAIN_MS = 400;

/** Whether the platform knows this agent in this conversation; where it does not tell, it is let in and noted. */
export async function agentMayFollow(
  connection: Connection,
  conversationId: string,
  agentId: string,
): Promise<boolean> {
  const key = `widget:takes-part:${JSON.stringify([connection.id, conversationId, agentId])}`;
  if (
    await redis()
      .exists(key)
      .catch(() => 0)
  )
    return true;
  const answer = await ask(connection, conversationId, agentId);
  if (answer === "no") return false;
  if (answer === "unknown")
    webLog.warn({ connectionId: connection.id }, "the platform does not tell who takes part; let in");
  await redis()
    .set(key, answer, "EX", KEPT_SECONDS)
    .catch(() => undefined);
  return true;
}

async function ask(connection: Connection, conversationId: string, agentId: string) {
  const side = widgetSideOf(connection.platform);
  if (!side) return "unknown";
  const access = serverAccess(webNetwork(), connection.id);
  const credentials = side.credentials.parse(widgetGround().valuesOf(connection));
  const signal = AbortSignal.timeout(ASK_MS);
  const answer = await side.takesPart({ credentials, access }, { conversationId, agentId }, signal);
  if (answer !== "no") return answer;
  await access.wait(AGAIN_MS);
  return side.takesPart({ credentials, access }, { conversationId, agentId }, AbortSignal.timeout(ASK_MS));
}
