import * as z from "zod";
import type { Org } from "../org.ts";
import { viewOf } from "./console-endpoints.ts";
import { type Ask, bodyOf, type Endpoint, endpoint } from "./serve.ts";

const count = z.number().int().min(0);
const faultsSchema = z
  .object({
    sends: count,
    saves: count,
    logs: count,
    apex: count,
    oauth: z.enum(["none", "invalid_client_id", "invalid_client", "invalid_grant", "unsupported_grant_type"]),
    duplicateEvents: z.number().min(0).max(1),
    logSkewMs: z.number().int(),
  })
  .partial();
const settingsSchema = z
  .object({
    orgId: z.string(),
    orgName: z.string(),
    consumerKey: z.string(),
    consumerSecret: z.string(),
    exchangeSecret: z.string(),
    portalUrl: z.url(),
  })
  .partial();
const actSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("accept"), userId: z.string() }),
  z.object({ do: z.literal("customer"), text: z.string() }),
  z.object({ do: z.literal("agent"), text: z.string() }),
  z.object({ do: z.literal("end") }),
]);
const startSchema = z.object({
  queueId: z.string().optional(),
  customer: z.string().optional(),
  text: z.string().optional(),
});

/** The strings behind the stage, for tests and shells. */
export function controlEndpoints(org: Org): Endpoint[] {
  const control = (route: string, answer: Endpoint["answer"]) => endpoint(route, "control", answer);
  const idOf = ({ params }: Ask) => params.id ?? "";
  return [
    control("GET /_control/state", () => ({
      body: {
        settings: org.settings,
        users: org.users,
        queues: org.queues,
        faults: org.faults(),
        sessions: org.sessions().map(viewOf),
      },
    })),
    control("POST /_control/reset", () => {
      org.reset();
      return { body: { reset: true } };
    }),
    control("POST /_control/settings", (ask) => ({
      body: Object.assign(org.settings, bodyOf(settingsSchema, ask)),
    })),
    control("POST /_control/faults", (ask) => {
      org.setFaults(bodyOf(faultsSchema, ask));
      return { body: org.faults() };
    }),
    control("POST /_control/sessions", (ask) => ({
      status: 201,
      body: viewOf(org.startSession(bodyOf(startSchema, ask))),
    })),
    control("GET /_control/sessions/:id", (ask) => ({ body: viewOf(org.find(idOf(ask))) })),
    control("POST /_control/sessions/:id", (ask) => {
      const act = bodyOf(actSchema, ask);
      const id = idOf(ask);
      if (act.do === "accept") org.accept(id, act.userId);
      if (act.do === "customer") org.customerWrites(id, act.text);
      if (act.do === "agent") org.agentWrites(id, act.text);
      if (act.do === "end") org.end(id);
      return { body: viewOf(org.find(id)) };
    }),
  ];
}
