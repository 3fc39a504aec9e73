/** What the server answers to a change: done, or the words to show and the reason for each refused field. */
export type ActionResult<R extends object = object> =
  | ({ ok: true } & R)
  | { ok: false; message: string; fields: Record<string, string> };
