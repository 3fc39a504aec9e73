/** The wire that a model's server speaks. */
export const MODEL_KINDS = ["openai-compatible", "anthropic", "google"] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

type KindFacts = {
  label: string;
  /** Its own server's address; undefined where there are as many as there are providers. */
  baseUrl: string | undefined;
  /** How a model's name looks there. */
  example: string;
  /** A server of this kind always asks for a key. */
  wantsKey: boolean;
  /** What an address must lead to. */
  speaks: string;
};

export const MODEL_KIND_FACTS: Record<ModelKind, KindFacts> = {
  "openai-compatible": {
    label: "OpenAI or compatible",
    baseUrl: undefined,
    example: "gpt-5-mini",
    wantsKey: false,
    speaks: "the OpenAI chat API",
  },
  anthropic: {
    label: "Anthropic",
    baseUrl: "https://api.anthropic.com/v1",
    example: "claude-sonnet-4-5",
    wantsKey: true,
    speaks: "Anthropic's Messages API",
  },
  google: {
    label: "Google Gemini",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    example: "gemini-2.5-flash",
    wantsKey: true,
    speaks: "the Gemini API",
  },
};
