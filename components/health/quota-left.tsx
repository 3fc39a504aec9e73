import type { Quota } from "#/lib/integrations/quota.ts";

/** What is left of the platform's rate limit, and how often it has refused us; "–" where nobody has asked it today. */
export function QuotaLeft({ quota }: { quota: Quota | undefined }) {
  if (!quota) return <span className="text-muted">–</span>;
  const { allowed, used = 0, refusedLastHour, refusedLastDay } = quota;
  const refused = refusedLastHour || refusedLastDay;
  return (
    <>
      {allowed === undefined ? (
        <span className="text-muted">not told</span>
      ) : (
        `${Math.max(0, allowed - used).toLocaleString("en")} of ${allowed.toLocaleString("en")}`
      )}
      {refused > 0 ? (
        <span className={`block ${refusedLastHour > 0 ? "text-warn" : "text-muted"}`}>
          {refused.toLocaleString("en")} refused in {refusedLastHour > 0 ? "1 h" : "24 h"}
        </span>
      ) : null}
    </>
  );
}
