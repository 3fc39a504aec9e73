type Details = { reason?: string; metadata?: Record<string, string> };

/** A refusal in the form of Google's APIs: a status word, and often an ErrorInfo that says what is missing. */
export class GoogleError extends Error {
  override readonly name = "GoogleError";
  readonly status: number;
  readonly word: string;
  readonly details: Details;

  constructor(status: number, word: string, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.word = word;
    this.details = details;
  }
}

export function errorBody({ status, word, message, details }: GoogleError): object {
  const info = { "@type": "type.googleapis.com/google.rpc.ErrorInfo", domain: "googleapis.com", ...details };
  return { error: { code: status, message, status: word, ...(details.reason && { details: [info] }) } };
}

export const notFound = (what: string) =>
  new GoogleError(404, "NOT_FOUND", `Resource not found (resource=${what}).`);
export const invalid = (message: string) => new GoogleError(400, "INVALID_ARGUMENT", message);
export const exists = (what: string) =>
  new GoogleError(409, "ALREADY_EXISTS", `Resource already exists in the project (resource=${what}).`);

export function denied(permission: string, resource: string): GoogleError {
  return new GoogleError(
    403,
    "PERMISSION_DENIED",
    `Permission '${permission}' denied on resource '${resource}'.`,
    {
      reason: "IAM_PERMISSION_DENIED",
      metadata: { permission, resource },
    },
  );
}

export function apiDisabled(service: string, project: string): GoogleError {
  return new GoogleError(
    403,
    "PERMISSION_DENIED",
    `${service} has not been used in project ${project} before or it is disabled.`,
    { reason: "SERVICE_DISABLED", metadata: { service, consumer: `projects/${project}` } },
  );
}

/** The token endpoint's own form (RFC 6749). */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly status: number;
  readonly code: string;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
