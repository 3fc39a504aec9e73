import { spoken } from "#/components/widget/locales.ts";
import { compilePack } from "#/components/widget/messages/compile-pack.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { jsonRoute } from "#/lib/web/route.ts";

/** A language's words, for a widget whose desktop changes language. Nothing of a tenant is in them. */
export const GET = jsonRoute(async (_request, { tag = "" }) => {
  const chosen = spoken(tag);
  if (!chosen) throw new AppError("not_found", "The widget does not speak this language.");
  // Short: after an update of the product its pages want that update's words.
  return Response.json(compilePack(chosen), { headers: { "cache-control": "public, max-age=60" } });
});
