import { pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** An account of an identity provider that a person signs in with. Belongs to the person, not to a tenant. */
export const userIdentities = pgTable(
  "user_identities",
  {
    provider: text("provider").notNull(),
    /** The provider's own id of the account, which never changes; an e-mail address may. */
    subject: text("subject").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.subject] })],
);
