import type { DoorHandler, DoorRoutes } from "../runtime/serve-http.ts";

const BASE = "/ingest/:platform/:connectionId";
/** Platforms that make up addresses of their own below ours use at most two more segments. */
const PATHS = [BASE, `${BASE}/:first`, `${BASE}/:first/:second`];

/** `GET` is how platforms validate an address, `POST` how they push. */
export function ingestRoutes(handler: DoorHandler): DoorRoutes {
  const withRest: DoorHandler = (request) => {
    const { first, second } = request.params;
    const rest = [first, second].filter((segment) => segment !== undefined).join("/");
    return handler({ ...request, params: { ...request.params, rest } });
  };
  return Object.fromEntries(
    PATHS.flatMap((path) => [
      [`GET ${path}`, withRest],
      [`POST ${path}`, withRest],
    ]),
  );
}
