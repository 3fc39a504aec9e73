import { notFound } from "./api-error.ts";
import {
  type ClientRecord,
  DEMO_CLIENTS,
  DEMO_QUEUES,
  DEMO_USERS,
  DEMO_WRAP_UP_CODES,
  HARBORVIEW,
  LARKFIELD,
  type OrganizationRecord,
  type QueueRecord,
  type UserRecord,
} from "./demo-organization.ts";

export type Directory = ReturnType<typeof createDirectory>;

/** Who and what exists: two organizations, so that a token of the other one can be had. */
export function createDirectory(redirectUris: readonly string[]) {
  const organizations: OrganizationRecord[] = [LARKFIELD, HARBORVIEW];
  const users: UserRecord[] = structuredClone(DEMO_USERS);
  const queues: QueueRecord[] = structuredClone(DEMO_QUEUES);
  const clients: ClientRecord[] = structuredClone(DEMO_CLIENTS).map((client) =>
    client.grant === "CODE" ? { ...client, redirectUris: [...redirectUris] } : client,
  );
  const find = <T extends { id: string }>(list: readonly T[], what: string, id: string): T => {
    const found = list.find((entry) => entry.id === id);
    if (!found) throw notFound(what, id);
    return found;
  };
  return {
    organization: (id: string) => find(organizations, "organization", id),
    user: (id: string) => find(users, "user", id),
    queue: (id: string) => find(queues, "queue", id),
    client: (id: string) => clients.find((client) => client.id === id),
    organizations: () => organizations,
    clients: () => clients,
    users: (organizationId: string) => users.filter((user) => user.organizationId === organizationId),
    allUsers: () => users,
    queues: (organizationId: string) => queues.filter((queue) => queue.organizationId === organizationId),
    wrapUpCodes: () => DEMO_WRAP_UP_CODES,
    /** By id, name or mail address: people on a login page and in shells know different ones. */
    userBy: (text: string) =>
      users.find(({ id, name, email }) =>
        [id, name.toLowerCase(), email].some((known) => known === text || known === text.toLowerCase()),
      ),
    removeQueue(id: string): void {
      queues.splice(queues.indexOf(find(queues, "queue", id)), 1);
    },
  };
}
