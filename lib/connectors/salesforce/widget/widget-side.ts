import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { defineWidgetSide } from "../../widget-sign-in.ts";

const noSignIn = () =>
  new AppError("not_found", "Salesforce agents have signed in already: their page brings the token.");

/** Agents do not sign in with us: the page around the widget exchanges their Salesforce session for a token. */
export const widgetSide = defineWidgetSide({
  credentials: z.looseObject({}),
  setup: (_credentials, { salesforce }) => {
    const hosts: Record<string, string> = salesforce ? { sandbox: new URL(salesforce).origin } : {};
    return { hosts };
  },
  connect: () => [],
  // The platform's own desktops are in the manifest; the sandbox's is known only here.
  frames: ({ hosts }) => (hosts.sandbox ? [hosts.sandbox] : []),
  begin: () => {
    throw noSignIn();
  },
  finish: () => {
    throw noSignIn();
  },
  takesPart: async () => "unknown",
});
