import type { WidgetHandlers, WidgetProvider, WriteBack } from "../../widget-provider.ts";
import type { BrowserProvider } from "../../widget-registry.ts";
import type { ProviderParts } from "../../widget-sign-in.ts";
import { createCallLog } from "./call-log.ts";
import { type CrmSdk, loadCrmSdk } from "./crm-sdk.ts";
import { Desk } from "./desk.ts";
import { createDesktopToolkit } from "./desktop-toolkit.ts";
import { readParameters } from "./five9-parameters.ts";

export type Five9Parts = Pick<ProviderParts, "setup" | "parameters"> & {
  loadSdk(address: string): Promise<CrmSdk>;
  now(): number;
};

/** Inside the Agent Desktop: the toolkit where it can be reached, the connector's parameters in any case. */
export const five9Provider: BrowserProvider = {
  // The constant stands in the addresses that the portal gives out; other set-ups are known by what they fill in.
  fits: (parameters) => parameters.desktop === "five9" || Object.keys(readParameters(parameters)).length > 0,
  signsIn: false,
  create: ({ page, setup, parameters }) =>
    createFive9Provider({
      setup,
      parameters,
      loadSdk: (address) => loadCrmSdk(page, address),
      now: () => Date.now(),
    }),
};

type Logging = { log: WriteBack | undefined };

export function createFive9Provider(parts: Five9Parts): WidgetProvider {
  const names = parts.setup.names ?? {};
  const logging: Logging = { log: undefined };
  return {
    start: (handlers) => {
      const given = readParameters(parts.parameters);
      const desk = new Desk(given, names.voiceStream === "on", handlers, parts.now);
      let running = true;
      desk.showGiven();
      join(parts, { desk, logging, handlers, running: () => running }).catch((error: unknown) => {
        if (!running) return;
        const detail =
          error instanceof Error ? error.message : "The Agent Desktop Toolkit could not be used.";
        // The connector has said which call it is about: that is enough for all but chats.
        handlers.onState?.(desk.showsSomething ? { state: "ready" } : { state: "failed", detail });
      });
      return () => {
        running = false;
      };
    },
    ...(names.summaryField && { writeBack: later(logging) }),
  };
}

type Joining = { desk: Desk; logging: Logging; handlers: WidgetHandlers; running: () => boolean };

/** Everything that the toolkit brings, in the order in which it is needed. */
async function join(
  { setup, loadSdk }: Five9Parts,
  { desk, logging, handlers, running }: Joining,
): Promise<void> {
  const { callIdField = "interactionId", chatEventId, summaryField, voiceStream } = setup.names ?? {};
  const sdk = await loadSdk(setup.hosts.sdk ?? "");
  if (!running()) return;
  const toolkit = createDesktopToolkit(sdk, { callIdField, chatEventId, voiceStream: voiceStream === "on" });
  if (summaryField) logging.log = createCallLog(sdk, toolkit, summaryField, (id) => desk.interactionOf(id));
  const hear: Parameters<typeof toolkit.onChatEvent>[0] = (event) => {
    if (running()) desk.hear(event);
  };
  toolkit.onCallEvent(hear);
  toolkit.onChatEvent(hear);
  const session = await toolkit.getSessionContext();
  if (!running()) return;
  desk.know(session);
  handlers.onState?.({ state: "ready" });
}

/** The hook is there only once the toolkit is loaded. */
function later(logging: Logging): WriteBack {
  return {
    wrapUpCodes: async (id, signal) => (await logging.log?.wrapUpCodes?.(id, signal)) ?? [],
    saveWrapUp: async (id, wrapUp, signal) =>
      (await logging.log?.saveWrapUp?.(id, wrapUp, signal)) ?? {
        kind: "failed",
        reason: "The desktop's toolkit takes no summary.",
        retryable: true,
      },
  };
}
