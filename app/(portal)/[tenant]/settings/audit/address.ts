import type { AuditParams } from "#/lib/tenancy/audit-filter.ts";

/** An address with some of its parameters changed; undefined takes one out. */
export function addressWith(path: string, params: AuditParams, changes: AuditParams): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, ...changes }))
    for (const one of value === undefined ? [] : [value].flat()) query.append(name, one);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
