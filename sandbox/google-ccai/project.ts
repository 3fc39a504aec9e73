import { randomUUID } from "node:crypto";
import { type ContactCenter, createContactCenter } from "./dialogflow/contact-center.ts";
import { createFaults, type Faults } from "./faults.ts";
import { apiDisabled, denied, GoogleError } from "./google-error.ts";
import { newSigningKey, type SigningKey, signJwt } from "./jwt.ts";
import {
  ALL_PERMISSIONS,
  DEMO_AGENT,
  DEMO_BUCKET,
  DEMO_LOCATION,
  DEMO_PROJECT,
  DEMO_TOPIC,
} from "./people.ts";
import { createPubSub, type PubSub } from "./pubsub/create-pubsub.ts";
import type { SubscriptionConfig } from "./pubsub/subscription.ts";

export type Insight = { conversationId: string; body: unknown };
export type StoredObject = { bucket: string; name: string; body: unknown };

/** A Google Cloud project as the product sees it. */
export type Project = {
  id: string;
  location: string;
  topic: string;
  agent: string;
  bucket: string;
  serviceAccount: { email: string; key: SigningKey };
  /** Google's own, for ID tokens. */
  google: SigningKey;
  permissions: Set<string>;
  disabledApis: Set<string>;
  tokens: Map<string, number>;
  codes: Map<string, { sub: string; clientId: string; redirectUri: string; challenge: string }>;
  redirectUris: Set<string>;
  pubsub: PubSub;
  center: ContactCenter;
  faults: Faults;
  asked: { session: string; text: string; languageCode: string }[];
  insights: Insight[];
  objects: StoredObject[];
  now: () => number;
  random: () => number;
};

const HOUR_S = 3_600;

export function createProject(options: {
  now?: () => number;
  random?: () => number;
  tokenSeconds?: number;
}): Project {
  const { now = Date.now, random = Math.random } = options;
  const id = DEMO_PROJECT;
  const faults = createFaults(id);
  const google = newSigningKey("google-1");
  const strange = newSigningKey("google-1");
  const topic = `projects/${id}/topics/${DEMO_TOPIC}`;

  const tokenFor = (config: SubscriptionConfig): string | undefined => {
    const { token } = faults.rates();
    const oidc = config.pushConfig.oidcToken;
    if (!oidc || token === "none") return undefined;
    const issued = Math.floor(now() / 1_000) - (token === "expired" ? 2 * HOUR_S : 0);
    const claims = {
      iss: "https://accounts.google.com",
      aud:
        token === "wrong-audience"
          ? "https://elsewhere.example"
          : (oidc.audience ?? config.pushConfig.pushEndpoint),
      azp: "114",
      sub: "114",
      email: token === "wrong-email" ? "other@elsewhere.iam.gserviceaccount.com" : oidc.serviceAccountEmail,
      email_verified: true,
      // The real one is the same for most of an hour.
      iat: issued - (issued % 60),
      exp: issued - (issued % 60) + HOUR_S,
    };
    return signJwt(claims, token === "strange-key" ? strange : google);
  };

  const pubsub = createPubSub({
    now,
    tokenFor,
    faults: { duplicate: () => random() < faults.rates().duplicate, holdBack: () => faults.rates().paused },
  });
  pubsub.createTopic(topic);
  const publish = (body: object, attributes?: Record<string, string>): string => {
    const message = {
      data: Buffer.from(JSON.stringify(body)).toString("base64"),
      ...(attributes && { attributes }),
    };
    if (random() < faults.rates().republish) pubsub.publish(topic, [message]);
    return pubsub.publish(topic, [message])[0] ?? "";
  };
  return {
    id,
    location: DEMO_LOCATION,
    topic,
    agent: `projects/${id}/locations/${DEMO_LOCATION}/agents/${DEMO_AGENT}`,
    bucket: DEMO_BUCKET,
    serviceAccount: {
      email: `agent-assist@${id}.iam.gserviceaccount.com`,
      key: newSigningKey(randomUUID().replaceAll("-", "")),
    },
    google,
    permissions: new Set(ALL_PERMISSIONS),
    disabledApis: new Set(),
    tokens: new Map(),
    codes: new Map(),
    redirectUris: new Set(),
    pubsub,
    center: createContactCenter({ project: id, location: DEMO_LOCATION, now, publish }),
    faults,
    asked: [],
    insights: [],
    objects: [],
    now,
    random,
  };
}

/** The file that an admin downloads for a service account. */
export function keyFileOf({ id, serviceAccount: { email, key } }: Project): string {
  return JSON.stringify(
    {
      type: "service_account",
      project_id: id,
      private_key_id: key.kid,
      private_key: key.privateKey.export({ type: "pkcs8", format: "pem" }),
      client_email: email,
      client_id: "114",
      auth_uri: "https://accounts.google.com/o/oauth2/auth",
      token_uri: "https://oauth2.googleapis.com/token",
      auth_provider_x509_cert_url: "https://www.googleapis.com/oauth2/v1/certs",
      client_x509_cert_url: `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(email)}`,
      universe_domain: "googleapis.com",
    },
    undefined,
    2,
  );
}

/** A token, an enabled API and the permission stand before each answer. */
export function authorize(
  project: Project,
  authorization: string | undefined,
  wants: { service: string; permission?: string; resource: string },
): void {
  const token = authorization?.replace(/^Bearer /, "") ?? "";
  if ((project.tokens.get(token) ?? 0) <= project.now())
    throw new GoogleError(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
  if (project.disabledApis.has(wants.service)) throw apiDisabled(wants.service, project.id);
  if (wants.permission && !project.permissions.has(wants.permission))
    throw denied(wants.permission, wants.resource);
}
