/** A Dialogflow CX agent small enough to read: a few intents by their words, everything else is no match. */
type Intent = {
  name: string;
  words: RegExp;
  matchType: string;
  confidence: number;
  messages: object[];
  signals?: object;
};

const say = (...text: string[]) => ({ text: { text }, responseType: "HANDLER_PROMPT" });

export const INTENTS: readonly Intent[] = [
  {
    name: "charged.twice",
    words: /charged twice|double charge|two charges/i,
    matchType: "KNOWLEDGE_CONNECTOR",
    confidence: 0.91,
    messages: [
      say("A double charge is refunded within five working days.", "No form is needed."),
      {
        payload: {
          richContent: [
            [
              {
                type: "match_citations",
                citations: [
                  {
                    title: "Refunds",
                    subtitle: "Double charges are refunded within five working days.",
                    actionLink: "https://help.acme.example/refunds",
                  },
                ],
              },
            ],
          ],
        },
      },
    ],
  },
  {
    name: "delivery.status",
    words: /where is my (parcel|order|package)/i,
    matchType: "INTENT",
    confidence: 0.84,
    messages: [say("Ask for the order number and look it up under Shipments.")],
    signals: {
      answer: "Look it up under Shipments.",
      citedSnippets: [
        {
          snippet: {
            uri: "https://help.acme.example/shipments",
            title: "Shipments",
            text: "Each order has its carrier's number under Shipments.",
          },
        },
      ],
    },
  },
  {
    name: "speak.to.person",
    words: /speak to a (person|human|manager)/i,
    matchType: "INTENT",
    confidence: 0.97,
    messages: [{ liveAgentHandoff: { metadata: { reason: "asked" } } }],
  },
];

export function detectIntent(text: string, languageCode: string): object {
  const found = INTENTS.find(({ words }) => words.test(text));
  const match = found
    ? {
        matchType: found.matchType,
        confidence: found.confidence,
        resolvedInput: text,
        intent: { displayName: found.name },
      }
    : { matchType: "NO_MATCH", confidence: 0.3, resolvedInput: text };
  return {
    responseId: crypto.randomUUID(),
    queryResult: {
      text,
      languageCode,
      match,
      responseMessages: found?.messages ?? [say("Sorry, could you say that again?")],
      ...(found?.signals && { dataStoreConnectionSignals: found.signals }),
      aFieldOfTomorrow: {},
    },
    responseType: "FINAL",
  };
}
