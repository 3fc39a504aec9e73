import { notFound } from "next/navigation";
import { DangerZone } from "#/components/integrations/danger-zone.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { countContents } from "#/lib/integrations/count-contents.ts";
import { database } from "#/lib/web/database.ts";
import { deleteConnectionAction, setActiveAction } from "../../actions.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";

export default async function DangerPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { tenant, connection, mayWrite } = await connectionOf(slug, id);
  if (!mayWrite) notFound();
  const { name, active, platform } = connection;
  const contents = await countContents(database(), tenant.id, id);
  return (
    <DangerZone
      name={name}
      active={active}
      whilePaused={manifestOf(platform).whilePaused}
      contents={contents}
      listPath={`/${slug}/integrations`}
      setActive={setActiveAction.bind(null, slug, { connectionId: id, active: !active })}
      remove={deleteConnectionAction.bind(null, slug, { connectionId: id, name })}
    />
  );
}
