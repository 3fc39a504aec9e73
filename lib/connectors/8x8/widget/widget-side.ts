import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { defineWidgetSide } from "../../widget-sign-in.ts";

const noSignIn = (): never => {
  throw new AppError("not_found", "Agents of 8x8 do not sign in here: the embed token opens the widget.");
};

/** 8x8 has no sign-in of agents for partners: the embed token opens the widget, and address and events name the agent. */
export const widgetSide = defineWidgetSide({
  credentials: z.object({
    site: z.string().optional().catch(undefined),
    inboundEvent: z.string().max(200).optional().catch(undefined),
  }),
  setup({ site, inboundEvent }, sandboxes) {
    const workspace = site === "sandbox" ? sandboxes["8x8"] : undefined;
    return {
      hosts: { ...(workspace && { workspace: new URL(workspace).origin }) },
      ...(inboundEvent && { names: { inboundEvent } }),
    };
  },
  connect: () => [],
  // The vendor's own hosts are in the manifest; the sandbox's is known only here.
  frames: ({ hosts }) => (hosts.workspace ? [hosts.workspace] : []),
  begin: noSignIn,
  finish: noSignIn,
  takesPart: async () => "unknown" as const,
});
