export type ApiErrorDetails = {
  params?: Record<string, string>;
  headers?: Record<string, string>;
  entityId?: string;
};

/** What the platform refuses, in the form in which it says so (contract, section 3). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly details: ApiErrorDetails;

  constructor(status: number, code: string, message: string, details: ApiErrorDetails = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export function errorBody(error: ApiError, contextId: string): Record<string, unknown> {
  const { params = {}, entityId } = error.details;
  return {
    message: error.message,
    code: error.code,
    status: error.status,
    contextId,
    ...(entityId && { entityId }),
    messageWithParams: error.message,
    messageParams: params,
    details: [],
    errors: [],
  };
}

export function notFound(what: string, id: string): ApiError {
  return new ApiError(404, "not.found", `The requested ${what} was not found.`, { entityId: id });
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, "bad.request", message);
}

export function conflict(message: string): ApiError {
  return new ApiError(409, "conflict", message);
}

export function missingPermission(...permissions: string[]): ApiError {
  const list = permissions.join(", ");
  return new ApiError(
    403,
    "not.authorized",
    `You are not authorized to perform the requested action. Missing the following permission(s): [${list}]`,
    { params: { permissions: list } },
  );
}

/** The token endpoint speaks OAuth, not the API's error form (contract, section 2.1). */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
