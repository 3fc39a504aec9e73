import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import type { SiteView } from "#/lib/knowledge/crawl/read-sites.ts";
import { MOST_SITE_DEPTH, MOST_SITE_PAGES } from "#/lib/knowledge/crawl/site-form.ts";

const SCHEDULES = [
  { value: "off", label: "Only when asked" },
  { value: "daily", label: "Daily" },
  { value: "weekly", label: "Weekly" },
];

/** How much of a site is read, and how often. */
export function SiteLimits({ values }: { values: Pick<SiteView, "mostPages" | "mostDepth" | "schedule"> }) {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Pages at most" name="mostPages" help={`Up to ${MOST_SITE_PAGES}.`}>
        <Input inputMode="numeric" defaultValue={values.mostPages} autoComplete="off" />
      </Field>
      <Field label="Links deep" name="mostDepth" help={`From the start, up to ${MOST_SITE_DEPTH}.`}>
        <Input inputMode="numeric" defaultValue={values.mostDepth} autoComplete="off" />
      </Field>
      <Field label="Read again" name="schedule" help="Only what changed is indexed.">
        <Select options={SCHEDULES} defaultValue={values.schedule} />
      </Field>
    </div>
  );
}
