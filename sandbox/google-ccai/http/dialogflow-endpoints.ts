import * as z from "zod";
import type { Conversation, Profile } from "../dialogflow/contact-center.ts";
import { detectIntent } from "../dialogflow/cx-agent.ts";
import { exists, notFound } from "../google-error.ts";
import { authorize, type Project } from "../project.ts";
import { type ApiReply, type ApiRequest, type Endpoint, endpoint, readBody } from "./endpoint.ts";

const intentRequest = z.object({
  queryInput: z.object({
    text: z.object({ text: z.string().min(1).max(256) }),
    languageCode: z.string().min(2),
  }),
});

const at = "/projects/:project/locations/:location";
const flow = "dialogflow.googleapis.com";

type Answer = (request: ApiRequest) => ApiReply | Promise<ApiReply>;

function apiOf(project: Project) {
  return (route: string, service: string, permission: string, answer: Answer) =>
    endpoint(route, (request) => {
      const resource = request.url.pathname.slice(1);
      authorize(project, request.raw.headers.authorization, { service, permission, resource });
      return answer(request);
    });
}

/** Dialogflow v2 (conversations, profiles) and CX v3 (detectIntent). */
export function dialogflowEndpoints(project: Project): Endpoint[] {
  const { center } = project;
  const api = apiOf(project);
  return [
    api(`GET /v2${at}/conversationProfiles`, flow, "dialogflow.conversationProfiles.list", () => ({
      body: { conversationProfiles: center.profiles.map((profile) => profileBody(project, profile)) },
    })),
    api(
      `GET /v2${at}/conversationProfiles/:id`,
      flow,
      "dialogflow.conversationProfiles.get",
      ({ params }) => {
        const found = center.profiles.find(({ id }) => id === params.id);
        if (!found) throw notFound(`conversation profile ${params.id}`);
        return { body: profileBody(project, found) };
      },
    ),
    api(`GET /v2${at}/conversations/:id`, flow, "dialogflow.conversations.get", ({ params }) => ({
      body: conversationBody(center.find(params.id ?? "")),
    })),
    api(`GET /v3${at}/agents/:id`, flow, "dialogflow.agents.get", ({ url }) => {
      if (url.pathname.slice("/v3/".length) !== project.agent) throw notFound("agent");
      return { body: { name: project.agent, displayName: "Acme assistant", defaultLanguageCode: "en" } };
    }),
    api(
      `POST /v3${at}/agents/:id/sessions/:session:detectIntent`,
      flow,
      "dialogflow.sessions.detectIntent",
      ({ params, body }) => {
        const { queryInput } = readBody(intentRequest, body);
        const { text, languageCode } = { text: queryInput.text.text, languageCode: queryInput.languageCode };
        project.asked.push({ session: params.session ?? "", text, languageCode });
        return { body: detectIntent(text, languageCode) };
      },
    ),
  ];
}

function profileBody({ topic, center }: Project, { id, displayName, messageFormat }: Profile): object {
  // Unset means PROTO, which is Google's own default.
  const config = { topic, ...(messageFormat === "JSON" && { messageFormat }) };
  return {
    name: `${center.parent}/conversationProfiles/${id}`,
    displayName,
    languageCode: "en-US",
    notificationConfig: config,
    newMessageEventNotificationConfig: config,
    newRecognitionResultNotificationConfig: config,
    humanAgentAssistantConfig: { notificationConfig: config },
  };
}

function conversationBody({
  name,
  profile,
  lifecycleState,
  startTime,
  endTime,
  phone,
}: Conversation): object {
  return {
    name,
    lifecycleState,
    conversationProfile: profile,
    conversationStage: "HUMAN_ASSIST_STAGE",
    startTime,
    ...(endTime && { endTime }),
    ...(phone && { phoneNumber: { phoneNumber: "+15550100" } }),
  };
}

/** CCAI Insights and the upload to a bucket that goes before it. */
export function insightsEndpoints(project: Project): Endpoint[] {
  const api = apiOf(project);
  const insights = "contactcenterinsights.googleapis.com";
  return [
    api(`GET /v1${at}/conversations`, insights, "contactcenterinsights.conversations.list", () => ({
      body: { conversations: project.insights.map(({ conversationId }) => ({ name: conversationId })) },
    })),
    api(
      `POST /v1${at}/conversations`,
      insights,
      "contactcenterinsights.conversations.create",
      ({ url, body }) => {
        const conversationId = url.searchParams.get("conversationId") ?? "";
        if (project.insights.some((one) => one.conversationId === conversationId))
          throw exists(conversationId);
        project.insights.push({ conversationId, body });
        return { body: { name: conversationId } };
      },
    ),
    api(
      "POST /upload/storage/v1/b/:bucket/o",
      "storage.googleapis.com",
      "storage.objects.create",
      ({ params, url, body }) => {
        const name = url.searchParams.get("name") ?? "";
        if (params.bucket !== project.bucket) throw notFound(`bucket ${params.bucket}`);
        project.objects.push({ bucket: project.bucket, name, body });
        return { body: { bucket: project.bucket, name } };
      },
    ),
  ];
}
