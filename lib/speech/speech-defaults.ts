/** The defaults of a new service's form. */
export const SPEECH_DEFAULTS = {
  deepgram: {
    model: "nova-3",
    languages: "en-US",
    endpoint: "https://api.deepgram.com",
    endpointingMs: 300,
    utteranceEndMs: 1000,
  },
  google: { model: "telephony", languages: "en-US", location: "global", projectId: "", endpoint: "" },
} as const;
