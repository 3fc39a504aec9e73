import * as z from "zod";
import { deliveryFaultsSchema, faultRuleSchema } from "../faults.ts";
import { ACCOUNTS, OAUTH_CLIENT, WORKSPACE_DOMAIN } from "../people.ts";
import { keyFileOf, type Project } from "../project.ts";
import { type Endpoint, endpoint, readBody } from "./endpoint.ts";

const role = z.enum(["END_USER", "HUMAN_AGENT", "AUTOMATED_AGENT"]).default("END_USER");
const startSchema = z.object({
  id: z.string().optional(),
  profileId: z.string().optional(),
  phone: z.boolean().optional(),
});
const saySchema = z.object({ role, text: z.string().min(1), spoken: z.boolean().default(false) });
const suggestSchema = z.object({ suggestionResults: z.array(z.looseObject({})) });
const faultsSchema = z.object({
  rules: z.array(faultRuleSchema).default([]),
  delivery: deliveryFaultsSchema.partial().optional(),
});
const projectSchema = z.object({
  permissions: z.array(z.string()).optional(),
  disabledApis: z.array(z.string()).optional(),
  redirectUris: z.array(z.string()).optional(),
  messageFormat: z.enum(["JSON", "PROTO"]).optional(),
});

/** What a test or a person steers, as `/_control` with the sandbox's token, and as `/desk/api` for the desk's page. */
export function controlEndpoints(project: Project): Endpoint[] {
  const { center, faults, pubsub } = project;
  const both = (route: string, answer: Endpoint["answer"]): Endpoint[] => {
    const [method = "", path = ""] = route.split(" ");
    return [
      endpoint(`${method} /_control${path}`, answer, "control"),
      endpoint(`${method} /desk/api${path}`, answer, "desk"),
    ];
  };
  const control = (route: string, answer: Endpoint["answer"]) => {
    const [method = "", path = ""] = route.split(" ");
    return endpoint(`${method} /_control${path}`, answer, "control");
  };
  return [
    ...both("GET /conversations", () => ({ body: center.all() })),
    ...both("POST /conversations", ({ body }) => ({
      status: 201,
      body: center.start(readBody(startSchema, body)),
    })),
    ...both("POST /conversations/:id/say", ({ params, body }) => {
      const said = readBody(saySchema, body);
      const speak = said.spoken ? center.speak : center.say;
      return { body: speak(params.id ?? "", said.role, said.text) };
    }),
    ...both("POST /conversations/:id/suggest", ({ params, body }) => {
      const messageId = center.suggest(params.id ?? "", readBody(suggestSchema, body).suggestionResults);
      return { body: { messageId } };
    }),
    ...both("POST /conversations/:id/finish", ({ params }) => {
      center.finish(params.id ?? "");
      return { body: center.find(params.id ?? "") };
    }),
    ...both("GET /profiles", () => ({ body: center.profiles })),
    control("GET /seed", () => ({ body: seedOf(project) })),
    control("GET /key", () => ({ body: JSON.parse(keyFileOf(project)) })),
    control("GET /state", () => ({
      body: {
        subscriptions: pubsub.list().map((config) => ({ ...config, backlog: pubsub.backlog(config.name) })),
        pushes: pubsub.log.slice(-200),
        asked: project.asked,
        insights: project.insights,
        objects: project.objects.map(({ bucket, name }) => ({ bucket, name })),
        faults: faults.view(),
      },
    })),
    control("GET /faults", () => ({ body: faults.view() })),
    control("POST /faults", ({ body }) => {
      const { rules, delivery } = readBody(faultsSchema, body);
      faults.add(...rules);
      if (delivery) faults.delivery(delivery);
      return { body: faults.view() };
    }),
    control("DELETE /faults", () => {
      faults.clear();
      return { status: 204 };
    }),
    control("POST /project", ({ body }) => {
      change(project, readBody(projectSchema, body));
      return { body: seedOf(project) };
    }),
  ];
}

function change(project: Project, given: z.output<typeof projectSchema>): void {
  if (given.permissions) project.permissions = new Set(given.permissions);
  if (given.disabledApis) project.disabledApis = new Set(given.disabledApis);
  for (const uri of given.redirectUris ?? []) project.redirectUris.add(uri);
  if (given.messageFormat)
    for (const profile of project.center.profiles) profile.messageFormat = given.messageFormat;
}

/** What whoever connects this project must know, and what it holds. */
export function seedOf(project: Project): object {
  const { id, location, topic, agent, bucket, center, permissions, disabledApis, redirectUris } = project;
  return {
    projectId: id,
    location,
    topic,
    dialogflowAgent: agent,
    bucket,
    serviceAccount: project.serviceAccount.email,
    profiles: center.profiles,
    accounts: ACCOUNTS,
    domain: WORKSPACE_DOMAIN,
    oauthClient: OAUTH_CLIENT,
    permissions: [...permissions],
    disabledApis: [...disabledApis],
    redirectUris: [...redirectUris],
  };
}
