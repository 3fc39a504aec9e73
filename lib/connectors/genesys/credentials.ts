import * as z from "zod";
import { environmentSchema } from "./api/hosts.ts";

const clientId = z
  .string()
  .regex(/^[\w-]{8,64}$/, "This is not a client id: copy it from the OAuth client's page in Genesys Cloud.");

/** A connection's own keys and switches, unsealed; what forms, the test and every call to the platform need. */
export const credentials = z
  .object({
    environment: environmentSchema.optional(),
    clientId: clientId.optional(),
    clientSecret: z.string().min(1).optional(),
    /** Learnt from the platform by the test; calls, agents and messages of any other are refused. */
    organizationId: z
      .guid("This is not an organization id: it looks like d7934305-0972-4844-938e-9060eef73d05.")
      .optional(),
    organizationName: z.string().optional(),
    /** Of the PKCE client that agents sign in with; empty where `clientId` itself may do that. */
    agentClientId: clientId.optional(),
    agentsMustSignIn: z.boolean().default(false),
    serverMessages: z.boolean().default(false),
    voice: z.boolean().default(true),
    sendTranscripts: z.boolean().default(false),
    audiohookApiKey: z.string().optional(),
    audiohookClientSecret: z.string().optional(),
    unsignedAllowed: z.boolean().default(false),
    refuseRepeatedNonce: z.boolean().default(false),
  })
  .superRefine((value, context) => {
    if (value.agentsMustSignIn && !(value.agentClientId || value.clientId))
      context.addIssue({
        code: "custom",
        path: ["agentClientId"],
        message: "Fill this in: agents must sign in, and without a client they cannot.",
      });
    if (value.environment || !(value.clientId || value.agentClientId)) return;
    context.addIssue({
      code: "custom",
      path: ["environment"],
      message: "Choose the organization's region: a client is known in its own region only.",
    });
  });

export type GenesysCredentials = z.output<typeof credentials>;
