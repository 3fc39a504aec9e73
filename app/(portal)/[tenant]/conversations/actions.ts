"use server";

import * as z from "zod";
import { deleteConversation } from "#/lib/conversations/delete-conversation.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";

export const deleteConversationAction = tenantAction(
  { permission: "conversations:delete", input: z.object({ id: z.uuid() }) },
  async ({ id }, tenant) => ({
    deleted: await deleteConversation(database(), { tenantId: tenant.id, userId: tenant.userId }, id),
  }),
);
