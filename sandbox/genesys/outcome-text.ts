/** Sentences for a call that never came about: what happened and where to look. */
export function refusalText(status: number): string {
  if (status === 401) {
    return "The server refused the call (401): the API key, the client secret or the organization id is not this connection's, or the clocks differ by more than a few seconds.";
  }
  if (status === 404) return "The server knows no such address (404): check the connection's id in it.";
  if (status === 503) return "The server takes no calls now (503): it is starting or shutting down.";
  return `The server answered ${status} instead of opening a socket.`;
}

export function unreachableText(url: string, error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNREFUSED") return `Nothing listens at ${url}: is the audiohook process running?`;
  if (error.code === "ENOTFOUND") return `The host of ${url} does not exist.`;
  return `${url} could not be reached: ${error.message || error.code}.`;
}
