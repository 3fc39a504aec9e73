import { ConnectionTest } from "#/components/integrations/connection-test.tsx";
import { type ConnectionParams, connectionOf } from "../connection.ts";

export default async function TestPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { connection } = await connectionOf(slug, id);
  return <ConnectionTest address={`/${slug}/integrations/${id}/check`} last={connection.lastCheck} />;
}
