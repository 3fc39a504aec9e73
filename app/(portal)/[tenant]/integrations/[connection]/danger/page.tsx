import { notFound } from "next/navigation";
import { DangerZone } from "#/components/integrations/danger-zone.tsx";
import { deleteConnectionAction, setActiveAction } from "../../actions.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";

export default async function DangerPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { connection, mayWrite } = await connectionOf(slug, id);
  if (!mayWrite) notFound();
  const { name, active, counts } = connection;
  return (
    <DangerZone
      name={name}
      active={active}
      counts={counts}
      listPath={`/${slug}/integrations`}
      setActive={setActiveAction.bind(null, slug, { connectionId: id, active: !active })}
      remove={deleteConnectionAction.bind(null, slug, { connectionId: id, name })}
    />
  );
}
