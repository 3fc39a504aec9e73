import { defineConnector } from "../connector.ts";
import { clientToken, listQueues } from "./api/organization.ts";
import { check } from "./connection.ts";
import { credentials, type SalesforceCredentials } from "./credentials.ts";
import { manifest } from "./manifest.ts";
import { normalize } from "./normalize.ts";

export const salesforce = defineConnector({
  manifest,
  credentials,
  check,
  normalize,
  listQueues: async (own: SalesforceCredentials, access, signal) => {
    const token = await clientToken(own, access, signal);
    return listQueues({ myDomain: own.myDomain, token, access, signal });
  },
});
