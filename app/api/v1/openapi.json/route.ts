import { webEnv } from "#/lib/web/web-env.ts";
import { openApi } from "../openapi.ts";

/** Public: it says what there is to call, and nothing of anybody's. */
export function GET(): Response {
  return Response.json(openApi(webEnv().PORTAL_URL));
}
