import { defineConnector } from "../connector.ts";
import { check } from "./connection.ts";
import { credentials } from "./credentials.ts";
import { answer, answersItself } from "./detect-intent.ts";
import { uploadToInsights } from "./insights-upload.ts";
import { listProfiles } from "./list-profiles.ts";
import { manifest } from "./manifest.ts";
import { normalize } from "./normalize.ts";
import { disconnect, hold } from "./subscription.ts";

export const googleCcai = defineConnector({
  manifest,
  credentials,
  check,
  normalize,
  listQueues: listProfiles,
  disconnect,
  subscription: { wanted: ({ ingestMode }) => ingestMode === "pull", hold },
  archive: {
    name: "CCAI Insights",
    wanted: ({ insightsUpload }) => insightsUpload,
    upload: uploadToInsights,
  },
  answers: { wanted: answersItself, ask: answer },
});
