import * as z from "zod";

export type UploadOutcome =
  | { outcome: "added" | "replaced" | "unchanged" }
  | { outcome: "duplicate"; of: string };

const ANSWER = z.union([
  z.object({ outcome: z.enum(["added", "replaced", "unchanged"]) }),
  z.object({ outcome: z.literal("duplicate"), of: z.string() }),
]);
const REFUSAL = z.object({ error: z.object({ message: z.string() }) });

/** Sends one file and reports how much of it has gone; throws the server's own words when it is refused. */
export function uploadFile(
  address: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<UploadOutcome> {
  return new Promise((resolve, reject) => {
    // fetch reports no progress of what it sends.
    const request = new XMLHttpRequest();
    request.open("POST", `${address}?name=${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener("load", () => {
      const answer = ANSWER.safeParse(request.response);
      if (request.status < 300 && answer.success) return resolve(answer.data);
      const refusal = REFUSAL.safeParse(request.response);
      reject(
        new Error(refusal.success ? refusal.data.error.message : `The server answered ${request.status}.`),
      );
    });
    request.addEventListener("error", () => reject(new Error("The connection was lost. Send it again.")));
    request.send(file);
  });
}
