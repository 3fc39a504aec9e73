import { Check } from "lucide-react";
import { Fragment } from "react";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import type { RoleRow } from "#/lib/tenancy/list-roles.ts";
import { PERMISSION_GROUPS } from "#/lib/tenancy/permission-words.ts";

/** What each role may do, side by side. */
export function RoleMatrix({ roles }: { roles: readonly RoleRow[] }) {
  return (
    <Table caption="What each role may do" density="compact">
      <TableHead>
        <TableHeader>Permission</TableHeader>
        {roles.map((role) => (
          <TableHeader key={role.id} align="center">
            {role.name}
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        {PERMISSION_GROUPS.map((group) => (
          <Fragment key={group.label}>
            <TableRow>
              <td
                colSpan={roles.length + 1}
                className="h-7 border-b bg-background px-4 text-xs font-medium text-muted"
              >
                {group.label}
              </td>
            </TableRow>
            {group.permissions.map(({ id, label }) => (
              <TableRow key={id}>
                <TableCell wrap="never">{label}</TableCell>
                {roles.map((role) => (
                  <TableCell key={role.id} align="center">
                    <Mark held={role.permissions.includes(id)} />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </Fragment>
        ))}
      </TableBody>
    </Table>
  );
}

function Mark({ held }: { held: boolean }) {
  return held ? (
    <>
      <Check className="mx-auto size-4 text-ok" aria-hidden />
      <span className="sr-only">yes</span>
    </>
  ) : (
    <>
      <span className="text-muted" aria-hidden>
        –
      </span>
      <span className="sr-only">no</span>
    </>
  );
}
