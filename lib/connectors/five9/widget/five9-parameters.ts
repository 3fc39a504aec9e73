/**
 * What a connector of the Agent Desktop fills in (contract section 2), under our names and under those that other
 * set-ups have. All of it is the browser's word: it says what to show, never who may see it.
 */
export type Five9Parameters = {
  callId?: string;
  sessionId?: string;
  agentId?: string;
  agentName?: string;
  skill?: string;
  skillId?: string;
};

const NAMES: Record<keyof Five9Parameters, readonly string[]> = {
  callId: ["callId", "call_id", "callid"],
  sessionId: ["sessionId", "session_id", "conversationid"],
  agentId: ["agentId", "agentid", "agent_id"],
  agentName: ["agentName", "agent_name", "full_name"],
  skill: ["skill", "skill_name", "skillName", "campaign", "campaign_name"],
  skillId: ["skillId", "skill_id"],
};

export function readParameters(given: Readonly<Record<string, string>>): Five9Parameters {
  const entries = Object.entries(NAMES).flatMap(([name, aliases]) => {
    const found = aliases.map((alias) => given[alias]?.trim()).find(isFilledIn);
    return found === undefined ? [] : [[name, found]];
  });
  return Object.fromEntries(entries) as Five9Parameters;
}

/** A placeholder that nobody filled in counts as missing, and no id of theirs is as long as a page. */
const isFilledIn = (text: string | undefined) =>
  text !== undefined && text !== "" && text.length <= 200 && !/[{}<>%$@]/.test(text);
