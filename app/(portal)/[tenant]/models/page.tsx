import { ModelCard } from "#/components/models/model-card.tsx";
import { ModelFormSheet } from "#/components/models/model-form-sheet.tsx";
import { SpeechSection } from "#/components/models/speech-section.tsx";
import { Badge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { listModels } from "#/lib/models/list-models.ts";
import { listSpeech } from "#/lib/speech/list-speech.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { deleteModelAction, saveModelAction, setDefaultModelAction } from "./actions.ts";
import { deleteSpeechAction, saveSpeechAction, setDefaultSpeechAction } from "./speech-actions.ts";

export const metadata = { title: "Models" };

export default async function ModelsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "models:read");
  const [models, services] = await Promise.all([
    listModels(database(), tenant.id),
    listSpeech(database(), tenant.id),
  ]);
  const mayWrite = may(tenant.role, "models:write");
  const save = saveModelAction.bind(null, slug);
  const extractiveIsDefault = !models.some(({ isDefault }) => isDefault);

  return (
    <>
      <PageHeader
        title="Models"
        hint="What writes the answers, and below what turns calls into text. Providers' models and ones on servers of your own can be added, each with a key of yours."
        actions={
          mayWrite ? (
            <ModelFormSheet save={save} trigger={<Button variant="primary">Add a model</Button>} />
          ) : undefined
        }
      />
      <div className="flex flex-col gap-3">
        <Card>
          <CardHeader
            title={
              <span className="flex items-center gap-2">
                Extractive answers {extractiveIsDefault ? <Badge tone="accent">default</Badge> : null}
              </span>
            }
            hint="Built in, no model and no key: the best sentences of the best passages with their source, and silence when nothing is certain enough. System prompts have no effect on them."
          />
        </Card>
        {models.map((model) => (
          <ModelCard
            key={model.id}
            model={model}
            testAddress={`/${slug}/models/${model.id}/test`}
            changes={
              mayWrite
                ? {
                    save,
                    remove: deleteModelAction.bind(null, slug, { modelId: model.id }),
                    setDefault: setDefaultModelAction.bind(null, slug, {
                      modelId: model.isDefault ? undefined : model.id,
                    }),
                  }
                : undefined
            }
          />
        ))}
      </div>
      <SpeechSection
        services={services}
        testAddress={(id) => `/${slug}/models/speech/${id}/test`}
        changes={
          mayWrite
            ? {
                save: saveSpeechAction.bind(null, slug),
                remove: (speechId) => deleteSpeechAction.bind(null, slug, { speechId }),
                setDefault: (speechId) => setDefaultSpeechAction.bind(null, slug, { speechId }),
              }
            : undefined
        }
      />
    </>
  );
}
