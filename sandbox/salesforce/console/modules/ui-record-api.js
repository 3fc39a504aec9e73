// lightning/uiRecordApi: the one field that the package writes.
import { ask } from "./apex.js";

export async function updateRecord({ fields: { Id, ...fields } }) {
  const [[name, text] = []] = Object.entries(fields);
  if (name !== "Agent_Assist_Summary__c") throw new Error(`No such field: ${name}`);
  const record = await ask(`/console/api/sessions/${Id}/summary`, { text });
  window.dispatchEvent(new CustomEvent("record-changed", { detail: record }));
  return record;
}
