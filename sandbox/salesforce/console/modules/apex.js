// The org's server side, as its pages reach it.
export async function ask(path, body) {
  const response = await fetch(path, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", "x-sandbox-console": "1" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  const message = answer?.[0]?.message ?? "An internal error occurred.";
  throw Object.assign(new Error(message), { body: { message } });
}

/** An imperative Apex call of this user. */
export function apex(name) {
  return (parameters) => ask(`/apex/${name}`, { userId: window.consoleUser, args: [parameters] });
}
