import type { CredentialField } from "../manifest.ts";

const ORGANIZATION = "Organization";
const AGENTS = "Agents";

export const credentialFields: readonly CredentialField[] = [
  {
    name: "myDomain",
    label: "My Domain address",
    kind: "text",
    group: ORGANIZATION,
    help: "Setup > My Domain, for example https://acme.my.salesforce.com. Requests go to this host alone.",
    required: true,
  },
  {
    name: "consumerKey",
    label: "Consumer key",
    kind: "text",
    group: ORGANIZATION,
    help: "Of a connected app with the client credentials flow, and the scopes api and openid.",
    required: true,
  },
  {
    name: "consumerSecret",
    label: "Consumer secret",
    kind: "secret",
    group: ORGANIZATION,
    help: "Of the same connected app.",
    required: true,
  },
  {
    name: "orgId",
    label: "Organization id",
    kind: "text",
    group: AGENTS,
    help: "Learnt by the test. Agents of any other organization get no token.",
    required: false,
  },
  {
    name: "exchangeSecret",
    label: "Exchange secret",
    kind: "generated",
    group: AGENTS,
    help: "Made by us. The Named Credential in Salesforce shows it when it fetches an agent's token; it never reaches a browser.",
    required: true,
  },
];
