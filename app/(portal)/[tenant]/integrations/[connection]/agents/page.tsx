import Link from "next/link";
import { notFound } from "next/navigation";
import * as z from "zod";
import { ConnectedAgents } from "#/components/agents/connected-agents.tsx";
import { LinkSheet } from "#/components/agents/link-sheet.tsx";
import { LinkTable } from "#/components/agents/link-table.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { Button } from "#/components/ui/button.tsx";
import { FilterChips } from "#/components/ui/filter-chips.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { listLinks } from "#/lib/directory/list-links.ts";
import { readDirectory } from "#/lib/directory/read-directory.ts";
import { database } from "#/lib/web/database.ts";
import { redis } from "#/lib/web/redis.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";
import { removeLinkAction, saveLinkAction } from "./actions.ts";

type AgentsPageProps = ConnectionParams & {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const querySchema = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
});

/** A widget's node says it again every five seconds; asking more often shows nothing new. */
const REFRESH_MS = 5_000;

export default async function AgentsPage({ params, searchParams }: AgentsPageProps) {
  const [{ tenant: slug, connection: id }, query] = await Promise.all([params, searchParams]);
  const { tenant, connection, mayWrite } = await connectionOf(slug, id);
  if (!manifestOf(connection.platform).matchesAgents) notFound();
  const { q: search, after } = querySchema.parse(query);
  const place = { tenantId: tenant.id, connectionId: id };
  const [directory, { links, next }] = await Promise.all([
    readDirectory({ redis: redis(), db: database() }, place, Date.now()),
    listLinks(database(), place, { after, search }),
  ]);
  const save = mayWrite ? saveLinkAction.bind(null, slug) : undefined;
  const remove = mayWrite ? removeLinkAction.bind(null, slug) : undefined;
  const pages = (behind: string | undefined) => ({
    query: { ...(search && { q: search }), ...(behind && { after: behind }) },
  });

  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="connected">
        <Heading
          id="connected"
          title="Connected now"
          hint="Agents whose widget is open or who have a conversation. A widget is matched by the first of its keys that is known."
          actions={<LiveRefresh everyMs={REFRESH_MS} />}
        />
        <ConnectedAgents directory={directory} connectionId={id} save={save} />
      </section>
      <section aria-labelledby="links">
        <Heading
          id="links"
          title="Links by hand"
          hint="A key that a desktop uses and the agent's id in the platform's events. A link goes before everything that the events say."
          actions={save ? <LinkSheet connectionId={id} save={save} /> : null}
        />
        {links.length > 0 || search || after ? (
          <FilterChips filters={[]} search={{ name: "q", placeholder: "Find a key or an agent id" }} />
        ) : null}
        <LinkTable links={links} connectionId={id} searched={search} save={save} remove={remove} />
        {after || next ? (
          <nav aria-label="Pages of links" className="mt-3 flex gap-2">
            {after ? (
              <Button asChild size="sm">
                <Link href={pages(undefined)}>First page</Link>
              </Button>
            ) : null}
            {next ? (
              <Button asChild size="sm">
                <Link href={pages(next)}>Next page</Link>
              </Button>
            ) : null}
          </nav>
        ) : null}
      </section>
    </div>
  );
}

type HeadingProps = { id: string; title: string; hint: string; actions: React.ReactNode };

function Heading({ id, title, hint, actions }: HeadingProps) {
  return (
    <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 max-w-2xl">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <p className="text-sm text-muted">{hint}</p>
      </div>
      {actions}
    </div>
  );
}
