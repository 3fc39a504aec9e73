import type { WriteBack, WriteOutcome } from "../../widget-provider.ts";
import { type CrmSdk, fieldsOf, textOf } from "./crm-sdk.ts";
import type { DesktopToolkit } from "./desktop-toolkit.ts";
import type { SdkInteraction } from "./read-interaction.ts";

type Kept = { notes: string; taken: (outcome: WriteOutcome) => void };

const PENDING = "It goes into the call's log as soon as you save the disposition.";

/**
 * Puts the summary into the log that the desktop saves after the disposition (contract: `beforeSaveLog`). A page has
 * room for one hook, so it is taken only where an admin has switched this on.
 */
export function createCallLog(
  sdk: CrmSdk,
  toolkit: DesktopToolkit,
  field: string,
  interactionOf: (conversationId?: string) => SdkInteraction | undefined,
): WriteBack | undefined {
  const kept = new Map<string, Kept>();
  const word = (name: string) => ({ statusCode: sdk.HookStatusCode?.[name] ?? name });
  const beforeSaveLog = (params: unknown) => {
    const id = interactionIn(params) ?? interactionOf()?.interactionId;
    const summary = id === undefined ? undefined : kept.get(id);
    if (id === undefined || !summary) return { status: word("Proceed") };
    kept.delete(id);
    summary.taken({ kind: "sent", platformId: id });
    return { status: word("ProceedWithParams"), newFields: { [field]: summary.notes } };
  };
  try {
    const register = sdk.hookApi?.().registerApi;
    if (!register) return undefined;
    register({ beforeSaveLog });
  } catch {
    return undefined;
  }
  const typeOf = ({ channel }: SdkInteraction) => (channel === "voice" ? "Call" : "Chat");
  return {
    async wrapUpCodes(conversationId) {
      const interaction = interactionOf(conversationId);
      if (!interaction) return [];
      const { interactionId } = interaction;
      const found = await toolkit.api?.getDispositions?.({
        interactionType: typeOf(interaction),
        interactionId,
      });
      return Array.isArray(found) ? found.flatMap(readDisposition) : [];
    },
    async saveWrapUp(conversationId, { notes, codeId }, signal) {
      const interaction = interactionOf(conversationId);
      if (!interaction)
        return { kind: "failed", reason: "The desktop shows this call no more.", retryable: false };
      const { interactionId } = interaction;
      const outcome = new Promise<WriteOutcome>((resolve) => {
        kept.set(interactionId, { notes, taken: resolve });
        // It stays where the hook finds it: the agent may save the disposition later.
        signal.addEventListener("abort", () => resolve({ kind: "unknown", reason: PENDING }), { once: true });
      });
      if (codeId) {
        const interactionType = typeOf(interaction);
        await toolkit.api
          ?.setDisposition?.({ interactionType, interactionId, dispositionId: codeId })
          .catch(() => {});
      }
      return await outcome;
    },
  };
}

function interactionIn(params: unknown): string | undefined {
  const fields = fieldsOf(params);
  const inner = fieldsOf(fields.interactionData ?? fields.callData ?? fields.chatData);
  return textOf(fields.interactionId) ?? textOf(inner.interactionId);
}

function readDisposition(value: unknown): { id: string; name: string }[] {
  const { id, name } = fieldsOf(value);
  const known = textOf(id);
  return known ? [{ id: known, name: textOf(name) ?? known }] : [];
}
