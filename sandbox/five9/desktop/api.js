/** What only this page may ask its domain for. */
export const api = async (path, body) => {
  const response = await fetch(`/desktop/api${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", "x-sandbox-desktop": "1" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === "" ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error(answer?.error?.message ?? `The domain answered ${response.status}.`);
  return answer;
};
