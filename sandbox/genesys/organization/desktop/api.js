const HEADERS = { "x-sandbox-desktop": "1", "content-type": "application/json" };

async function ask(method, path, body) {
  const response = await fetch(`/desktop/api${path}`, {
    method,
    headers: HEADERS,
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? "The sandbox refused.");
  return answer;
}

/** What the organization's own desktop may ask for. */
export const api = {
  start: () => ask("GET", "/start"),
  interactions: (agentId) => ask("GET", `/agents/${agentId}/interactions`),
  newChat: (queueId, userId) => ask("POST", "/interactions", { queueId, userId, answered: false }),
  newCall: (queueId, userId) => ask("POST", "/calls", { queueId, userId }),
  customer: (id, act) => ask("POST", `/interactions/${id}/customer`, act),
  agent: (id, act) => ask("POST", `/interactions/${id}/agent`, act),
};
