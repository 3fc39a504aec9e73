import * as z from "zod";
import { environmentSchema } from "../api/hosts.ts";

const text = z.string().trim().min(1).optional().catch(undefined);

/** Of a connection what its widget needs; what is missing or of an older form counts as not set. */
export const widgetCredentials = z.object({
  environment: environmentSchema.optional().catch(undefined),
  clientId: text,
  clientSecret: text,
  /** A client of its own for agents (PKCE); without one the connection's client serves both. */
  agentClientId: text,
  /** An admin may have typed it; the platform itself writes small letters. */
  organizationId: z.string().trim().min(1).toLowerCase().optional().catch(undefined),
  organizationName: text,
});

export type WidgetCredentials = z.output<typeof widgetCredentials>;
