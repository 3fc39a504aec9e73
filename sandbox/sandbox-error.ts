/** A failure to tell a person in one sentence; `status` is what the HTTP door answers. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
  readonly status: number;

  constructor(message: string, status = 422, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
