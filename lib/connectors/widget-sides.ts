import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { widgetSide as eightByEight } from "./8x8/widget/widget-side.ts";
import { widgetSide as five9 } from "./five9/widget/widget-side.ts";
import { widgetSide as genesys } from "./genesys/widget/widget-side.ts";
import { widgetSide as google } from "./google-ccai/widget/widget-side.ts";
import { widgetSide as salesforce } from "./salesforce/widget/widget-side.ts";
import type { WidgetSide } from "./widget-sign-in.ts";

const SIDES: Partial<Record<PlatformId, WidgetSide>> = {
  genesys,
  five9,
  "8x8": eightByEight,
  salesforce,
  "google-ccai": google,
};

/** The server's half of a platform's widget; undefined where the platform's agents do not sign in with us. */
export function widgetSideOf(platform: PlatformId): WidgetSide | undefined {
  return SIDES[platform];
}
