import type { IngestSide } from "#/lib/connectors/ingest.ts";
import { ingestSideOf } from "#/lib/connectors/ingest-sides.ts";
import type { InterimWords } from "#/lib/connectors/interim-words.ts";
import type { PlatformAccess } from "#/lib/connectors/platform-access.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { type PlatformId, platformIdSchema } from "#/lib/kernel/platform-id.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import type { DoorAnswer, DoorRequest } from "../runtime/serve-http.ts";
import type { FindIngestConnection, IngestConnection } from "./ingest-connections.ts";

export type IngestDeps = {
  find: FindIngestConnection;
  accept: Accept;
  log: Log;
  now: () => number;
  /** The way to the platform; without it nothing can be asked there. */
  access?: (connectionId: string) => PlatformAccess;
  /** Shows words that are still being spoken; without it nobody sees them. */
  interim?: (place: { tenantId: string; connectionId: string }, words: InterimWords) => void;
  count: (what: "taken" | "refused" | "deliveries") => void;
  /** The connectors' own; replaced by tests. */
  sideOf?: (platform: PlatformId) => IngestSide | undefined;
};

const NOBODY = () => new AppError("not_found", "There is nothing at this address.");

/**
 * One push: the connector says who is calling and what comes of it, and success is answered only after every
 * delivery is committed. What could not be stored is answered 503, so that the platform sends it again.
 */
export async function takeIn(request: DoorRequest, deps: IngestDeps): Promise<DoorAnswer> {
  const { connection, side, credentials } = await findSide(request, deps);
  const receivedAt = deps.now();
  const {
    deliveries = [],
    interims = [],
    refusal,
    ...answer
  } = await side.receive(
    credentials,
    {
      method: request.method === "GET" ? "GET" : "POST",
      rest: request.params.rest ?? "",
      query: request.query,
      headers: request.headers,
      body: request.body,
      receivedAt,
    },
    deps.access?.(connection.connectionId),
  );
  if (refusal !== undefined) {
    deps.count("refused");
    const { connectionId } = connection;
    deps.log.warn({ connectionId, reason: refusal, status: answer.status }, "push refused");
  } else deps.count("taken");
  for (const words of interims) deps.interim?.(placeOf(connection), words);
  await Promise.all(
    deliveries.map((delivery) =>
      deps.accept({ ...placeOf(connection), ...delivery, door: "ingest", receivedAt }),
    ),
  );
  for (const _ of deliveries) deps.count("deliveries");
  return answer;
}

/** An unknown connection, one of another platform and one whose platform pushes nothing look the same from outside. */
async function findSide({ params }: DoorRequest, { find, sideOf = ingestSideOf }: IngestDeps) {
  const platform = platformIdSchema.safeParse(params.platform);
  const side = platform.success ? sideOf(platform.data) : undefined;
  if (!side) throw NOBODY();
  const connection = await find(params.connectionId ?? "");
  if (!connection || connection.platform !== platform.data) throw NOBODY();
  const credentials = readOnce(side, connection);
  if (!credentials.success) throw NOBODY();
  return { connection, side, credentials: credentials.data };
}

type Read = ReturnType<IngestSide["credentials"]["safeParse"]>;

/** A look-up's values are kept for seconds, and reading a key out of them costs more than all else that a push does. */
const readValues = new WeakMap<Record<string, unknown>, Read>();

function readOnce({ credentials }: IngestSide, { values }: IngestConnection): Read {
  const known = readValues.get(values);
  if (known) return known;
  const read = credentials.safeParse(values);
  readValues.set(values, read);
  return read;
}

const placeOf = ({ tenantId, connectionId }: IngestConnection) => ({ tenantId, connectionId });
