import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { MaskingForm } from "#/components/settings/masking-form.tsx";
import { RetentionForm } from "#/components/settings/retention-form.tsx";
import { RetentionRuns, RunRetention } from "#/components/settings/retention-runs.tsx";
import { Section } from "#/components/settings/section.tsx";
import { Card, Facts } from "#/components/ui/card.tsx";
import { COUNTED_AT_MOST } from "#/lib/privacy/count-expired.ts";
import { readPrivacySettings } from "#/lib/privacy/privacy-settings.ts";
import { RETENTION_KINDS, RETENTION_RULES } from "#/lib/privacy/retention-rules.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { countExpiredAction, runRetentionAction, saveMaskingAction, saveRetentionAction } from "./actions.ts";

export const metadata = { title: "Retention" };

export default async function RetentionPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "settings:read");
  const settings = await readPrivacySettings(database(), tenant.id);
  const mayWrite = may(tenant.role, "settings:write");

  return (
    <>
      <Section
        title="Retention"
        hint="How long each kind of data is kept. What is older is deleted once a day, for good."
      >
        {mayWrite ? (
          <RetentionForm
            key={JSON.stringify(settings.days)}
            days={settings.days}
            most={COUNTED_AT_MOST}
            count={countExpiredAction.bind(null, slug)}
            save={saveRetentionAction.bind(null, slug)}
          />
        ) : (
          <Card>
            <Facts
              items={RETENTION_KINDS.map((kind) => ({
                term: RETENTION_RULES[kind].label,
                value: `${settings.days[kind]} days`,
              }))}
            />
          </Card>
        )}
      </Section>
      <Section
        title="Last round"
        hint="Short ids of events are kept beyond all of this: they stop a late repeat from being taken for new, and hold no content."
        actions={
          mayWrite ? (
            <>
              <LiveRefresh standing={false} />
              <RunRetention run={runRetentionAction.bind(null, slug, undefined)} />
            </>
          ) : undefined
        }
      >
        <RetentionRuns lastRun={settings.lastRun} running={settings.running} />
      </Section>
      <Section title="Masking" hint="What leaves this installation for a language model.">
        {mayWrite ? (
          <MaskingForm mask={settings.maskBeforeModel} save={saveMaskingAction.bind(null, slug)} />
        ) : (
          <Card>
            {settings.maskBeforeModel ? "Personal data is masked." : "Personal data is not masked."}
          </Card>
        )}
      </Section>
    </>
  );
}
