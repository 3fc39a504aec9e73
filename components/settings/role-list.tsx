"use client";

import { Button } from "#/components/ui/button.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import type { RoleRow } from "#/lib/tenancy/list-roles.ts";
import type { ActionResult } from "./action-result.ts";
import { plainOutcome } from "./outcome.ts";
import { RoleSheet } from "./role-sheet.tsx";

type RoleListProps = {
  roles: readonly RoleRow[];
  held: readonly string[];
  /** Ids of roles that this reader may change. */
  handles: readonly string[];
  save: (form: FormData) => Promise<ActionResult>;
  remove: (role: { roleId: string }) => Promise<ActionResult>;
};

/** The tenant's own roles. */
export function RoleList({ roles, held, handles, save, remove }: RoleListProps) {
  return (
    <Table caption="Roles of your own">
      <TableHead>
        <TableHeader>Name</TableHeader>
        <TableHeader width="min" align="right">
          Permissions
        </TableHeader>
        <TableHeader width="min" align="right">
          Members
        </TableHeader>
        <TableHeader width="min">
          <span className="sr-only">Actions</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {roles.map((role) => (
          <TableRow key={role.id}>
            <TableCell>{role.name}</TableCell>
            <TableCell width="min" align="right">
              {role.permissions.length}
            </TableCell>
            <TableCell width="min" align="right">
              {role.members}
            </TableCell>
            <TableCell width="min" align="right" wrap="never">
              {handles.includes(role.id) ? (
                <span className="inline-flex gap-1">
                  <RoleSheet
                    role={role}
                    held={held}
                    save={save}
                    trigger={
                      <Button size="sm" variant="ghost" aria-label={`Change ${role.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <ConfirmByName
                    trigger={
                      <Button size="sm" variant="danger-quiet">
                        Delete…
                      </Button>
                    }
                    title={`Delete ${role.name}?`}
                    name={role.name}
                    confirmLabel="Delete for good"
                    action={() => plainOutcome(remove({ roleId: role.id }))}
                  >
                    Open invitations that would give it end. A role that somebody holds cannot be deleted.
                  </ConfirmByName>
                </span>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
