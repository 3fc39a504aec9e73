/**
 * What the interaction widget's address is filled in with (contract section 6): the platform's present names, and
 * those of older set-ups. A placeholder that nobody filled in counts as missing. The language tag is the agent's own
 * and says nothing of the customer's, so it is left out.
 */
export type GenesysParameters = {
  conversationId?: string;
  /** The desktop has named itself, so that this is its frame and not a page of the tenant's own. */
  fromDesktop: boolean;
};

export function readParameters(given: Readonly<Record<string, string>>): GenesysParameters {
  const value = (...names: string[]) =>
    names.map((name) => given[name]?.trim()).find((text) => text && !/\{\{.*\}\}/.test(text));
  return {
    conversationId: value("conversationId", "gcConversationId", "pcConversationId"),
    fromDesktop:
      value("gcHostOrigin", "gcTargetEnv", "pcEnvironment", "gcConversationId", "pcConversationId") !==
      undefined,
  };
}
