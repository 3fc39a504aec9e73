import type { ConnectionChoice, MappingChoices, Named } from "./list-choices.ts";
import type { MappingRow } from "./list-mappings.ts";
import type { CsvRow } from "./mapping-csv.ts";
import { type MappingForm, mappingFormSchema } from "./mapping-form.ts";
import { changesBetween, type ProfileChange } from "./profile-changes.ts";

export type PlannedRow = {
  line: number;
  queue: string;
  connection: string;
  action: "add" | "change" | "same" | "error";
  changes: ProfileChange[];
  errors: string[];
  /** What would be saved; undefined where the row cannot be. */
  form: MappingForm | undefined;
};

type World = {
  choices: MappingChoices;
  mappings: readonly MappingRow[];
  /** Connection and queue of rows that the file has twice, with the line of the first. */
  repeated: ReadonlyMap<string, number>;
};

const keyOf = ({ values }: CsvRow) => JSON.stringify([values.connection?.toLowerCase(), values.queue_id]);

/** Where each queue of the file stands first. */
export function repeatedIn(rows: readonly CsvRow[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const row of rows) if (!first.has(keyOf(row))) first.set(keyOf(row), row.line);
  return first;
}

/** What one row would do. An empty cell means "none"; a column that the file has not leaves what is there. */
export function planRow(row: CsvRow, { choices, mappings, repeated }: World): PlannedRow {
  const { line, values } = row;
  const errors: string[] = [];
  const firstLine = repeated.get(keyOf(row));
  if (firstLine !== undefined && firstLine !== line) errors.push(`The same queue is in line ${firstLine}.`);
  const connection = connectionOf(values.connection ?? "", choices.connections, errors);
  const known = mappings.find(
    (one) => one.connectionId === connection?.id && one.queueId === values.queue_id,
  );
  const base = namedOf(values.knowledge_base, choices.bases, "knowledge base", errors);
  const model = namedOf(values.model, choices.models, "model", errors);
  const meant = { connection, known, base, model };
  const parsed = mappingFormSchema.safeParse(formOf(values, meant));
  if (!parsed.success) errors.push(...wordsOf(parsed.error));
  const queue = nameOf(values, meant) || "no queue";
  const place = { line, queue, connection: values.connection ?? "" };
  if (!parsed.success || errors.length > 0)
    return { ...place, action: "error", changes: [], errors, form: undefined };
  const changes = changesOf(parsed.data, meant);
  const untouched = changes.length > 0 ? "change" : "same";
  return { ...place, action: known ? untouched : "add", changes, errors: [], form: parsed.data };
}

/** What a row's names stand for. Of base and model: undefined says nothing, null says "none". */
type Meant = {
  connection: ConnectionChoice | undefined;
  known: MappingRow | undefined;
  base: Named | null | undefined;
  model: Named | null | undefined;
};

function nameOf(values: CsvRow["values"], { connection, known }: Meant): string {
  const listed = connection?.queues.find(({ id }) => id === values.queue_id)?.name;
  return values.queue_name || known?.queueName || listed || values.queue_id || "";
}

function formOf(values: CsvRow["values"], meant: Meant) {
  const { connection, known, base, model } = meant;
  return {
    mappingId: known?.mappingId ?? "",
    connectionId: connection?.id ?? "",
    queueId: values.queue_id ?? "",
    queueName: nameOf(values, meant),
    knowledgeBaseId: base === undefined ? known?.knowledgeBaseId : (base?.id ?? ""),
    modelIntegrationId: model === undefined ? known?.modelIntegrationId : (model?.id ?? ""),
    systemPrompt: values.system_prompt ?? known?.systemPrompt ?? "",
    // A spreadsheet writes the comma of its own country.
    threshold: values.threshold?.replace(",", ".") ?? known?.threshold ?? "",
    version: known?.version,
  };
}

/** A connection that is not there is told already, by its name. */
function wordsOf({ issues }: { issues: readonly { path: PropertyKey[]; message: string }[] }): string[] {
  return issues
    .map(({ path, message }) => ({ field: String(path[0]), message }))
    .filter(({ field }) => field !== "connectionId")
    .map(({ field, message }) => `${FIELDS[field] ?? "row"}: ${message}`);
}

const FIELDS: Record<string, string> = {
  queueId: "queue_id",
  queueName: "queue_name",
  knowledgeBaseId: "knowledge_base",
  modelIntegrationId: "model",
  threshold: "threshold",
  systemPrompt: "system_prompt",
};

function connectionOf(
  name: string,
  connections: readonly ConnectionChoice[],
  errors: string[],
): ConnectionChoice | undefined {
  const found = connections.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!found) errors.push(name ? `connection: there is none named "${name}".` : "connection: name one.");
  return found;
}

/** Undefined: the file says nothing about it. Null: it says "none". */
function namedOf(
  name: string | undefined,
  known: readonly Named[],
  word: string,
  errors: string[],
): Named | null | undefined {
  if (name === undefined) return undefined;
  if (name === "") return null;
  const found = known.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!found) errors.push(`${word.replace(" ", "_")}: there is no ${word} named "${name}".`);
  return found ?? null;
}

function changesOf(form: MappingForm, { known, base, model }: Meant): ProfileChange[] {
  const before = known ?? EMPTY;
  return changesBetween(before, {
    ...form,
    knowledgeBaseId: form.knowledgeBaseId,
    knowledgeBase: base === undefined ? before.knowledgeBase : base?.name,
    modelIntegrationId: form.modelIntegrationId,
    model: model === undefined ? before.model : model?.name,
    threshold: form.threshold,
  });
}

const EMPTY = {
  queueName: undefined,
  knowledgeBaseId: undefined,
  knowledgeBase: undefined,
  systemPrompt: "",
  modelIntegrationId: undefined,
  model: undefined,
  threshold: undefined,
};
