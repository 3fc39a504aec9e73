import type * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createPubSubApi, type PubSubApi } from "#/lib/pubsub/pubsub-api.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import type { GoogleCredentials } from "../credentials.ts";
import { accessToken, type TokenCache } from "./access-token.ts";
import { exchange, jsonOf } from "./exchange.ts";
import { type GoogleHosts, hostsOf } from "./hosts.ts";

type Method = "GET" | "PUT" | "POST" | "DELETE";

export type GoogleRequest<S extends z.ZodType> = {
  schema: S;
  body?: unknown;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
  attempts?: number;
  /** For a POST that may be done twice. */
  idempotent?: boolean;
};

export type GoogleClient = {
  hosts: GoogleHosts;
  token(): Promise<string>;
  request<S extends z.ZodType>(method: Method, url: string, options: GoogleRequest<S>): Promise<z.output<S>>;
  pubsub: PubSubApi;
};

/** Google's REST APIs in the connection's own service account's name. */
export function googleClient(
  { key, cloud }: Pick<GoogleCredentials, "key" | "cloud">,
  access: PlatformAccess,
  tokens?: TokenCache,
): GoogleClient {
  const hosts = hostsOf(cloud, access.sandboxes);
  const token = () => accessToken({ key, hosts, access }, tokens);
  const request: GoogleClient["request"] = async (method, url, options) => {
    const { schema, body, signal, timeoutMs, attempts, idempotent } = options;
    const headers = { accept: "application/json", authorization: `Bearer ${await token()}` };
    const text = await exchange(access, {
      url,
      init:
        body === undefined
          ? { method, headers }
          : {
              method,
              headers: { ...headers, "content-type": "application/json" },
              body: JSON.stringify(body),
            },
      idempotent: idempotent ?? method !== "POST",
      attempts,
      signal,
      timeoutMs,
    });
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw new AppError("upstream_rejected", `${new URL(url).host} answered in a shape that is not known.`, {
      context: { status: "200" },
    });
  };
  const pubsub = createPubSubApi((method, path, options) =>
    request(method, `${hosts.pubsub}${path}`, options),
  );
  return { hosts, token, request, pubsub };
}
