const MOST_BYTES = 8 * 1024 * 1024;

/** Sends a recording to the sandbox, by way of our server. Throws an error whose message is for people. */
export async function uploadRecording(slug: string, file: File | undefined): Promise<string> {
  if (!file) throw new Error("Choose a WAV file first.");
  if (file.size > MOST_BYTES)
    throw new Error("The file is larger than 8 MB. Convert it to 8 kHz, or stream it from a shell.");
  const response = await fetch(`/${slug}/sandbox/uploads`, { method: "POST", body: file }).catch(() => {
    throw new Error("The server does not answer. Try again.");
  });
  const body = await response.json().catch(() => undefined);
  if (response.ok && typeof body?.uploadId === "string") return body.uploadId;
  throw new Error(body?.error?.message ?? `The server answered ${response.status}.`);
}
