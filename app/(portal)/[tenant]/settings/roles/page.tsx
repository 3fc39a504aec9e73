import { RoleList } from "#/components/settings/role-list.tsx";
import { RoleMatrix } from "#/components/settings/role-matrix.tsx";
import { RoleSheet } from "#/components/settings/role-sheet.tsx";
import { Section } from "#/components/settings/section.tsx";
import { Button } from "#/components/ui/button.tsx";
import { listRoles } from "#/lib/tenancy/list-roles.ts";
import { may, mayHandle } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { deleteRoleAction, saveRoleAction } from "./actions.ts";

export const metadata = { title: "Roles" };

export default async function RolesPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "settings:read");
  const roles = await listRoles(database(), tenant.id);
  const own = roles.filter(({ builtIn }) => !builtIn);
  const mayWrite = may(tenant.role, "members:write");
  const handles = mayWrite ? own.filter((role) => mayHandle(tenant.role, role)).map(({ id }) => id) : [];
  const save = saveRoleAction.bind(null, slug);
  const held = tenant.role.permissions;

  return (
    <Section
      title="Roles"
      hint="The built-in roles fit most teams. Make one of your own where they allow too much or too little."
      actions={
        mayWrite ? (
          <RoleSheet held={held} save={save} trigger={<Button variant="primary">Make a role</Button>} />
        ) : undefined
      }
    >
      {own.length > 0 ? (
        <div className="mb-4">
          <RoleList
            roles={own}
            held={held}
            handles={handles}
            save={save}
            remove={deleteRoleAction.bind(null, slug)}
          />
        </div>
      ) : null}
      <RoleMatrix roles={roles} />
    </Section>
  );
}
