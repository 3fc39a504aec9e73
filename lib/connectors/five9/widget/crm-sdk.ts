/** The little of the CRM SDK that we use. Versions differ, so nothing is taken for granted (contract section 1). */
export type CrmSdk = {
  interactionApi?: () => InteractionApi;
  hookApi?: () => { registerApi?: (hooks: Record<string, (params: unknown) => unknown>) => unknown };
  HookStatusCode?: Record<string, string>;
};

export type InteractionApi = {
  subscribe?: (listeners: Record<string, (params: unknown) => void>) => unknown;
  subscribeWsEvent?: (listeners: Record<string, (payload: unknown, context: unknown) => void>) => unknown;
  getMetadata?: () => Promise<unknown>;
  executeRestApi?: (request: { path: string; method: string; payload: string }) => Promise<unknown>;
  getDispositions?: (of: { interactionType: string; interactionId: string }) => Promise<unknown>;
  setDisposition?: (of: {
    interactionType: string;
    interactionId: string;
    dispositionId: string;
  }) => Promise<unknown>;
};

type Fields = Record<string, unknown>;

const LOAD_MS = 15_000;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** Ids are numbers in one version and texts in another. */
export function textOf(value: unknown, longest = 200): string | undefined {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  return text !== "" && text.length <= longest ? text : undefined;
}

const sdkOf = (page: Window): CrmSdk | undefined => {
  const { CrmSdk: found } = fieldsOf(fieldsOf(page).Five9 ?? Reflect.get(page, "Five9"));
  return typeof found === "object" && found !== null ? (found as CrmSdk) : undefined;
};

/** Loads the SDK from the vendor's own address; it may not be handed on, so we carry no copy. */
export function loadCrmSdk(page: Window, address: string): Promise<CrmSdk> {
  const there = sdkOf(page);
  if (there) return Promise.resolve(there);
  return new Promise((resolve, reject) => {
    const { document } = page;
    const script = document.createElement("script");
    const fail = () => reject(new Error("The Agent Desktop Toolkit could not be loaded."));
    const late = page.setTimeout(fail, LOAD_MS);
    script.src = address;
    script.async = true;
    script.addEventListener("error", fail);
    script.addEventListener("load", () => {
      page.clearTimeout(late);
      const loaded = sdkOf(page);
      if (loaded) resolve(loaded);
      else fail();
    });
    document.head.append(script);
  });
}
