import * as z from "zod";
import { AppError } from "./app-error.ts";

/** Checks untrusted input at a boundary; past this call the type is a fact. Throws `invalid_input`. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AppError("invalid_input", z.prettifyError(result.error));
}

/** `JSON.parse` that answers a clear `invalid_input` instead of a SyntaxError quoting the customer's text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_input", "The body is not valid JSON.", { cause });
  }
}
