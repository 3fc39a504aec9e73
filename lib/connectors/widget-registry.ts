import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import type { WidgetProvider } from "./widget-provider.ts";
import type { ProviderParts } from "./widget-sign-in.ts";

/** A platform's own half in the browser. */
export type BrowserProvider = {
  /** The address is one that the platform's desktop filled in; any other page tells by itself what it shows. */
  fits(parameters: Readonly<Record<string, string>>): boolean;
  /** False where the platform has no sign-in of agents: the embed token is all there is. */
  signsIn?: false;
  create(parts: ProviderParts): WidgetProvider;
};

/** Loaded when asked for, so that no platform's widget carries another's. */
const PROVIDERS: Partial<Record<PlatformId, () => Promise<BrowserProvider>>> = {
  genesys: () =>
    import("./genesys/widget/genesys-provider.ts").then(({ genesysProvider }) => genesysProvider),
  five9: () => import("./five9/widget/five9-provider.ts").then(({ five9Provider }) => five9Provider),
  "8x8": () => import("./8x8/widget/eight-provider.ts").then(({ eightProvider }) => eightProvider),
  "google-ccai": () =>
    import("./google-ccai/widget/google-provider.ts").then(({ googleProvider }) => googleProvider),
  salesforce: () =>
    import("./salesforce/widget/salesforce-provider.ts").then(({ salesforceProvider }) => salesforceProvider),
};

/** Undefined where a platform's widget learns all from the page around it. */
export async function browserProviderOf(platform: PlatformId): Promise<BrowserProvider | undefined> {
  return PROVIDERS[platform]?.();
}
