import type { ApiKeyScope } from "#/lib/api-keys/api-key.ts";

export const SCOPE_WORDS: Record<ApiKeyScope, string> = {
  "documents:read": "List and read documents",
  "documents:write": "Add, change and delete documents",
};
