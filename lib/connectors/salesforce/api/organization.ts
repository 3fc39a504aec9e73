import * as z from "zod";
import type { PlatformQueue } from "../../connector.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import type { SalesforceCredentials } from "../credentials.ts";
import { originOf } from "../my-domain.ts";
import { readOrganizationId } from "../organization-id.ts";
import { exchange } from "./exchange.ts";

/** The oldest version that has what the package uses (contract section 2). */
export const API_VERSION = "v60.0";

const tokenAnswer = z.object({ access_token: z.string().min(1) });
const userInfoAnswer = z.object({
  organization_id: z.string().transform((id, context) => {
    const known = readOrganizationId(id);
    if (known) return known;
    context.addIssue({ code: "custom", message: "no organization id" });
    return z.NEVER;
  }),
  user_id: z.string().min(15).max(18),
  name: z.string().max(200).optional(),
  preferred_username: z.string().max(200).optional(),
});

export type UserInfo = z.output<typeof userInfoAnswer>;

type Login = Pick<SalesforceCredentials, "myDomain" | "consumerKey" | "consumerSecret">;

/** A token in the name of the connected app's run-as user (client credentials flow). */
export async function clientToken(
  login: Login,
  access: PlatformAccess,
  signal?: AbortSignal,
): Promise<string> {
  const { myDomain, consumerKey, consumerSecret } = login;
  const form = { grant_type: "client_credentials", client_id: consumerKey, client_secret: consumerSecret };
  const { access_token } = await exchange(
    access,
    {
      url: `${originOf(myDomain, access.sandboxes)}/services/oauth2/token`,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
      signal,
    },
    tokenAnswer,
  );
  return access_token;
}

type Bearer = { myDomain: string; token: string; access: PlatformAccess; signal?: AbortSignal | undefined };

/** Whose token it is and of which org; the platform answers 403 for one that it does not take. */
export function userInfo({ myDomain, token, access, signal }: Bearer): Promise<UserInfo> {
  const url = `${originOf(myDomain, access.sandboxes)}/services/oauth2/userinfo`;
  return exchange(access, { url, method: "GET", headers: bearer(token), signal }, userInfoAnswer);
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const named = z.object({ Id: z.string().min(15).max(18), Name: z.string().max(200) });
const page = z.object({
  records: z.array(named),
  done: z.boolean().default(true),
  nextRecordsUrl: z.string().optional(),
});
const MOST_PAGES = 20;

/** Omni-Channel's queues, and the routing configurations, which a mapping may name instead. */
export async function listQueues(given: Bearer): Promise<PlatformQueue[]> {
  const queues = await query(given, "SELECT Id, Name FROM Group WHERE Type = 'Queue' ORDER BY Name");
  const routings = await query(
    given,
    "SELECT Id, MasterLabel FROM QueueRoutingConfig ORDER BY MasterLabel",
    (record) => ({ ...record, Name: record.MasterLabel }),
  ).catch(() => []);
  return [
    ...queues.map(({ Id, Name }) => ({ id: Id, name: Name })),
    ...routings.map(({ Id, Name }) => ({ id: Id, name: `${Name} (routing configuration)` })),
  ];
}

type Shape = (record: Record<string, unknown>) => Record<string, unknown>;

async function query(
  { myDomain, token, access, signal }: Bearer,
  soql: string,
  shape: Shape = (record) => record,
) {
  const origin = originOf(myDomain, access.sandboxes);
  const found: z.output<typeof named>[] = [];
  const loose = page.extend({ records: z.array(z.looseObject({}).transform(shape).pipe(named)) });
  let path: string | undefined = `/services/data/${API_VERSION}/query?q=${encodeURIComponent(soql)}`;
  for (let pages = 0; path && pages < MOST_PAGES; pages += 1) {
    const answer: z.output<typeof loose> = await exchange(
      access,
      { url: origin + path, method: "GET", headers: bearer(token), signal },
      loose,
    );
    found.push(...answer.records);
    // The next page's address comes from the answer: only its path is taken.
    const next: URL | undefined = answer.done
      ? undefined
      : (URL.parse(answer.nextRecordsUrl ?? "", origin) ?? undefined);
    path = next?.origin === origin ? next.pathname + next.search : undefined;
  }
  return found;
}
