import { sql } from "drizzle-orm";
import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** A person who signs in to the portal. What they may do is in `members`, read at each request. */
export const users = pgTable("users", {
  id: uuid("id").primaryKey().default(sql`uuidv7()`),
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  /** Empty: this person signs in by single sign-on only. */
  passwordHash: text("password_hash").notNull(),
  /** Sessions that began before are over: the password was changed, or every session was ended. */
  sessionsFrom: timestamp("sessions_from", { withTimezone: true }),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
