import * as z from "zod";
import { readMyDomain } from "./my-domain.ts";
import { readOrganizationId } from "./organization-id.ts";

const myDomain = z.string().transform((given, context) => {
  const domain = readMyDomain(given);
  if (domain) return domain;
  context.addIssue({
    code: "custom",
    message: "This is no My Domain: it looks like https://acme.my.salesforce.com (Setup > My Domain).",
  });
  return z.NEVER;
});

const orgId = z.string().transform((given, context) => {
  const id = readOrganizationId(given);
  if (id) return id;
  context.addIssue({
    code: "custom",
    message: "This is no organization id: it begins with 00D and has 15 or 18 characters.",
  });
  return z.NEVER;
});

/** A connection's own keys, unsealed; what forms, the test, the queue list and the token exchange need. */
export const credentials = z.object({
  myDomain,
  consumerKey: z.string().trim().min(1, "Enter the consumer key."),
  consumerSecret: z.string().trim().min(1, "Enter the consumer secret."),
  /** Learnt by the test; agents of any other org get no token. */
  orgId: orgId.optional(),
  orgName: z.string().optional(),
  /** Made by us: what the org's Named Credential shows when it asks for an agent's token. */
  exchangeSecret: z.string().optional(),
  previousExchangeSecret: z.string().optional(),
});

export type SalesforceCredentials = z.output<typeof credentials>;
