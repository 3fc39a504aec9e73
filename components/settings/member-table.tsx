import { Badge } from "#/components/ui/badge.tsx";
import type { SelectOption } from "#/components/ui/select.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { MemberRow } from "#/lib/tenancy/list-members.ts";
import type { ActionResult } from "./action-result.ts";
import { MemberRole } from "./member-role.tsx";
import { RemoveMember } from "./remove-member.tsx";

type MemberTableProps = {
  members: readonly MemberRow[];
  self: string;
  roles: readonly SelectOption[];
  /** Roles whose holders this reader may change; undefined for one who may change nobody. */
  handles: readonly string[] | undefined;
  autoJoin: boolean;
  changeRole: (change: { userId: string; role: string }) => Promise<ActionResult>;
  remove: (person: { userId: string }) => Promise<ActionResult>;
};

export function MemberTable(props: MemberTableProps) {
  const { members, self, roles, handles, autoJoin, changeRole, remove } = props;
  return (
    <Table caption="Members">
      <TableHead>
        <TableHeader>Person</TableHeader>
        <TableHeader width="min">Role</TableHeader>
        <TableHeader width="min">Member since</TableHeader>
        {handles ? (
          <TableHeader width="min" align="right">
            <span className="sr-only">Remove</span>
          </TableHeader>
        ) : null}
      </TableHead>
      <TableBody>
        {members.map((member) => {
          const mayChange = handles?.includes(member.role.id) ?? false;
          return (
            <TableRow key={member.userId}>
              <TableCell>
                <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                  <span className="font-medium">{member.name}</span>
                  {member.userId === self ? <Badge tone="accent">you</Badge> : null}
                  <span className="text-sm text-muted">{member.email}</span>
                </span>
              </TableCell>
              <TableCell width="min" wrap="never">
                {mayChange ? (
                  <MemberRole member={member} roles={roles} change={changeRole} />
                ) : (
                  member.role.name
                )}
              </TableCell>
              <TableCell width="min" tone="muted" wrap="never">
                <RelativeTime at={member.since} />
              </TableCell>
              {handles ? (
                <TableCell width="min" align="right" wrap="never">
                  {mayChange ? (
                    <RemoveMember
                      member={member}
                      self={member.userId === self}
                      autoJoin={autoJoin}
                      remove={remove}
                    />
                  ) : null}
                </TableCell>
              ) : null}
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
