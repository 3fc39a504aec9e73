import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { defineWidgetSide } from "../../widget-sign-in.ts";
import { DEFAULTS, regionSchema } from "../credentials.ts";

const text = z.string().trim().min(1).max(500).optional().catch(undefined);

const noSignIn = (): never => {
  throw new AppError("not_found", "Agents of Five9 do not sign in here: the embed token opens the widget.");
};

/** Five9 has no sign-in of agents for others: the embed token opens the widget, toolkit and connector name the agent. */
export const widgetSide = defineWidgetSide({
  credentials: z.object({
    region: regionSchema.optional().catch(undefined),
    sdkUrl: z.url().default(DEFAULTS.sdkUrl).catch(DEFAULTS.sdkUrl),
    callIdField: z.string().default(DEFAULTS.callIdField).catch(DEFAULTS.callIdField),
    chatEventId: text,
    voice: z.boolean().default(true).catch(true),
    saveSummary: z.boolean().default(false).catch(false),
    summaryField: text,
  }),
  setup({ region, sdkUrl, callIdField, chatEventId, voice, saveSummary, summaryField }, sandboxes) {
    const sandbox = region === "sandbox" ? sandboxes.five9?.replace(/\/+$/, "") : undefined;
    return {
      hosts: {
        sdk: sandbox ? `${sandbox}/sdk/five9.crm.sdk.js` : sdkUrl,
        ...(sandbox && { desktop: new URL(sandbox).origin }),
      },
      names: {
        callIdField,
        voiceStream: voice ? "on" : "off",
        ...(chatEventId && { chatEventId }),
        ...(saveSummary && summaryField && { summaryField }),
      },
    };
  },
  connect: () => [],
  // The vendor's own hosts are in the manifest; the sandbox's is known only here.
  frames: ({ hosts }) => (hosts.desktop ? [hosts.desktop] : []),
  begin: noSignIn,
  finish: noSignIn,
  takesPart: async () => "unknown" as const,
});
