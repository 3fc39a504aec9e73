/** Every failure we expect has a code; the code alone decides status and retry. */
const ERROR_CODES = {
  invalid_input: { status: 422, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  conflict: { status: 409, retryable: false },
  too_large: { status: 413, retryable: false },
  /** Well-formed, but of a kind or shape that this version does not know: platforms add some all the time. */
  unknown_shape: { status: 422, retryable: false },
  rate_limited: { status: 429, retryable: true },
  upstream_rejected: { status: 502, retryable: false },
  upstream_unavailable: { status: 503, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

type AppErrorOptions = {
  cause?: unknown;
  context?: Record<string, string>;
  /** The field of the form that the message is about. */
  field?: string;
};

/**
 * The one class of failure that code here throws on purpose. The message is for people
 * and holds no customer text; `context` is logged and never sent.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly context: Record<string, string>;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.context = options.context ?? {};
    this.field = options.field;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
