CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash"),
	CONSTRAINT "api_keys_tenant_id_id_unique" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "branding" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"accent" text,
	"title" text,
	"logo" "bytea",
	"logo_type" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"role_id" uuid,
	"token_hash" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "privacy_settings" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"mask_before_model" boolean DEFAULT true NOT NULL,
	"payload_days" integer DEFAULT 30 NOT NULL,
	"conversation_days" integer DEFAULT 90 NOT NULL,
	"suggestion_days" integer DEFAULT 90 NOT NULL,
	"summary_days" integer DEFAULT 90 NOT NULL,
	"audit_days" integer DEFAULT 730 NOT NULL,
	"metric_days" integer DEFAULT 90 NOT NULL,
	"next_run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"held_until" timestamp with time zone,
	"last_run" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"permissions" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roles_tenant_id_id_unique" UNIQUE("tenant_id","id"),
	CONSTRAINT "roles_tenant_id_name_unique" UNIQUE("tenant_id","name")
);
--> statement-breakpoint
CREATE TABLE "sign_in_settings" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"domains" text[] DEFAULT '{}' NOT NULL,
	"google" boolean DEFAULT false NOT NULL,
	"microsoft_directories" text[] DEFAULT '{}' NOT NULL,
	"passwords" boolean DEFAULT true NOT NULL,
	"join_role" text,
	"join_role_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_identities" (
	"provider" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_identities_provider_subject_pk" PRIMARY KEY("provider","subject")
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "role_id" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "sessions_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "branding" ADD CONSTRAINT "branding_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_tenant_id_role_id_roles_tenant_id_id_fk" FOREIGN KEY ("tenant_id","role_id") REFERENCES "public"."roles"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_settings" ADD CONSTRAINT "privacy_settings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_settings" ADD CONSTRAINT "sign_in_settings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_settings" ADD CONSTRAINT "sign_in_settings_tenant_id_join_role_id_roles_tenant_id_id_fk" FOREIGN KEY ("tenant_id","join_role_id") REFERENCES "public"."roles"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_tenant_id_created_at_index" ON "api_keys" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "invitations_tenant_id_id_index" ON "invitations" USING btree ("tenant_id","id");--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_tenant_id_role_id_roles_tenant_id_id_fk" FOREIGN KEY ("tenant_id","role_id") REFERENCES "public"."roles"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_tenant_id_user_id_id_index" ON "audit_entries" USING btree ("tenant_id","user_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_tenant_id_action_id_index" ON "audit_entries" USING btree ("tenant_id","action","id");--> statement-breakpoint
CREATE INDEX "members_user_id_index" ON "members" USING btree ("user_id");--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['api_keys', 'branding', 'invitations', 'privacy_settings', 'roles', 'sign_in_settings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(%L, true), %L)::uuid)', t, 'app.tenant', '');
  END LOOP;
END $$;
--> statement-breakpoint
-- Identities belong to users, and like them to no tenant: the app role reaches them through `across` only.
ALTER TABLE user_identities ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE user_identities FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON user_identities TO CURRENT_USER USING (true);
--> statement-breakpoint
GRANT INSERT, UPDATE ON users TO omnibots_across;
--> statement-breakpoint
GRANT INSERT ON members, audit_entries TO omnibots_across;
--> statement-breakpoint
GRANT SELECT ON roles, sign_in_settings, audit_entries TO omnibots_across;
--> statement-breakpoint
GRANT SELECT, INSERT ON user_identities TO omnibots_across;
--> statement-breakpoint
GRANT SELECT, UPDATE ON invitations, api_keys TO omnibots_across;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON privacy_settings TO omnibots_across;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['user_identities', 'roles', 'sign_in_settings', 'audit_entries', 'invitations', 'api_keys', 'privacy_settings'] LOOP
    EXECUTE format('CREATE POLICY across ON %I TO omnibots_across USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- The tenants that a session opens now, with what the person may do in each. A session that began at an identity
-- provider opens only tenants whose settings name that provider's directory and the person's e-mail domain: whoever
-- rules one tenant's directory can take over no account's way into another.
CREATE FUNCTION across.access_of(given_user uuid, given_provider text, given_directory text)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text, role_id uuid, role_name text, permissions text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, t.slug, t.name, m.role, m.role_id, r.name, r.permissions
  FROM members m
  JOIN tenants t ON t.id = m.tenant_id
  JOIN users u ON u.id = m.user_id
  LEFT JOIN roles r ON r.tenant_id = m.tenant_id AND r.id = m.role_id
  LEFT JOIN sign_in_settings s ON s.tenant_id = m.tenant_id
  WHERE m.user_id = given_user AND CASE given_provider
    WHEN 'password' THEN coalesce(s.passwords, true)
    WHEN 'google' THEN s.google AND given_directory = ANY (s.domains) AND split_part(u.email, '@', 2) = ANY (s.domains)
    WHEN 'microsoft' THEN given_directory = ANY (s.microsoft_directories) AND split_part(u.email, '@', 2) = ANY (s.domains)
    ELSE false END
  ORDER BY t.name
$$;
--> statement-breakpoint
-- Who a session is about, as they are now.
CREATE FUNCTION across.person(given_user uuid)
RETURNS TABLE (name text, email text, has_password boolean, sessions_from timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.name, u.email, u.password_hash <> '', u.sessions_from FROM users u WHERE u.id = given_user
$$;
--> statement-breakpoint
-- Names of people whom the transaction's tenant knows: its members, and those who did something in it.
CREATE FUNCTION across.people(given_users uuid[])
RETURNS TABLE (user_id uuid, name text, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.id, u.name, u.email FROM users u
  WHERE u.id = ANY (given_users) AND (
    EXISTS (SELECT 1 FROM members m WHERE m.user_id = u.id AND m.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    OR EXISTS (SELECT 1 FROM audit_entries a WHERE a.user_id = u.id AND a.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid))
$$;
--> statement-breakpoint
-- A new name; a new password or "everywhere" ends all sessions that began before.
CREATE FUNCTION across.change_person(given_user uuid, new_name text, new_password_hash text, end_sessions boolean)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE users SET name = coalesce(new_name, name), password_hash = coalesce(new_password_hash, password_hash),
    sessions_from = CASE WHEN end_sessions OR new_password_hash IS NOT NULL THEN clock_timestamp() ELSE sessions_from END
  WHERE id = given_user
$$;
--> statement-breakpoint
-- What an invitation's link is about, while it can be accepted.
CREATE FUNCTION across.invitation(given_hash text)
RETURNS TABLE (tenant_name text, slug text, email text, role text, role_name text, invited_by text, expires_at timestamptz, account_exists boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.name, t.slug, i.email, i.role, r.name, inviter.name, i.expires_at, EXISTS (SELECT 1 FROM users u WHERE u.email = i.email)
  FROM invitations i JOIN tenants t ON t.id = i.tenant_id
  LEFT JOIN roles r ON r.tenant_id = i.tenant_id AND r.id = i.role_id
  LEFT JOIN users inviter ON inviter.id = i.invited_by
  WHERE i.token_hash = given_hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp()
$$;
--> statement-breakpoint
-- Makes the invited person a member, once: `given_user` where they have an account with the invited address, else a
-- new account. No row where the link does not count any more or is not this person's.
CREATE FUNCTION across.accept_invitation(given_hash text, given_user uuid, new_name text, new_password_hash text)
RETURNS TABLE (user_id uuid, slug text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  invited invitations%ROWTYPE;
  person uuid;
BEGIN
  SELECT i.* INTO invited FROM invitations i
  WHERE i.token_hash = given_hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp() FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF given_user IS NULL THEN
    INSERT INTO users (email, name, password_hash) VALUES (invited.email, new_name, new_password_hash)
      ON CONFLICT (email) DO NOTHING RETURNING id INTO person;
  ELSE
    SELECT u.id INTO person FROM users u WHERE u.id = given_user AND u.email = invited.email;
  END IF;
  IF person IS NULL THEN RETURN; END IF;
  INSERT INTO members (tenant_id, user_id, role, role_id) VALUES (invited.tenant_id, person, invited.role, invited.role_id) ON CONFLICT DO NOTHING;
  UPDATE invitations SET accepted_at = clock_timestamp() WHERE id = invited.id;
  INSERT INTO audit_entries (tenant_id, user_id, action, target, detail)
    VALUES (invited.tenant_id, person, 'member.joined', person::text, jsonb_build_object('email', invited.email, 'by', 'invitation'));
  RETURN QUERY SELECT person, t.slug FROM tenants t WHERE t.id = invited.tenant_id;
END $$;
--> statement-breakpoint
-- Who signs in at an identity provider. The caller has verified the provider's answer and the e-mail address in it.
-- Finds the person by the provider's own id, else by the address; makes an account only where a tenant of this
-- directory lets people join. No row where no tenant is open to them this way.
CREATE FUNCTION across.single_sign_on(given_provider text, given_subject text, given_email text, given_name text, given_directory text)
RETURNS TABLE (user_id uuid, name text, email text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  address text := lower(given_email);
  person uuid;
  known boolean;
  place record;
BEGIN
  SELECT i.user_id INTO person FROM user_identities i WHERE i.provider = given_provider AND i.subject = given_subject;
  known := person IS NOT NULL;
  IF NOT known THEN SELECT u.id INTO person FROM users u WHERE u.email = address; END IF;
  IF known THEN SELECT u.email INTO address FROM users u WHERE u.id = person; END IF;
  FOR place IN
    SELECT s.tenant_id, s.join_role, s.join_role_id FROM sign_in_settings s
    WHERE s.join_role IS NOT NULL AND s.join_role <> 'owner' AND split_part(address, '@', 2) = ANY (s.domains)
      AND CASE given_provider WHEN 'google' THEN s.google AND given_directory = ANY (s.domains)
        WHEN 'microsoft' THEN given_directory = ANY (s.microsoft_directories) ELSE false END
  LOOP
    IF person IS NULL THEN
      INSERT INTO users (email, name, password_hash) VALUES (address, given_name, '') RETURNING id INTO person;
    END IF;
    INSERT INTO members (tenant_id, user_id, role, role_id) VALUES (place.tenant_id, person, place.join_role, place.join_role_id) ON CONFLICT DO NOTHING;
    IF FOUND THEN
      INSERT INTO audit_entries (tenant_id, user_id, action, target, detail)
        VALUES (place.tenant_id, person, 'member.joined', person::text, jsonb_build_object('email', address, 'by', given_provider));
    END IF;
  END LOOP;
  IF person IS NULL OR NOT EXISTS (SELECT 1 FROM across.access_of(person, given_provider, given_directory)) THEN RETURN; END IF;
  IF NOT known THEN
    INSERT INTO user_identities (provider, subject, user_id) VALUES (given_provider, given_subject, person) ON CONFLICT DO NOTHING;
  END IF;
  RETURN QUERY SELECT u.id, u.name, u.email FROM users u WHERE u.id = person;
END $$;
--> statement-breakpoint
-- The key that a program presents, by its hash; notes its use once a minute at most.
CREATE FUNCTION across.find_api_key(given_hash text)
RETURNS TABLE (tenant_id uuid, key_id uuid, scopes text[])
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH found AS (
    SELECT k.id, k.tenant_id, k.scopes FROM api_keys k
    WHERE k.hash = given_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
  ), noted AS (
    UPDATE api_keys k SET last_used_at = clock_timestamp() FROM found
    WHERE k.id = found.id AND (k.last_used_at IS NULL OR k.last_used_at < clock_timestamp() - interval '1 minute')
  )
  SELECT found.tenant_id, found.id, found.scopes FROM found
$$;
--> statement-breakpoint
-- Tenants whose data is due for a round of deleting; the caller has them for `hold_seconds`.
CREATE FUNCTION across.due_retention(most int, hold_seconds double precision)
RETURNS TABLE (tenant_id uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO privacy_settings (tenant_id) SELECT t.id FROM tenants t
    WHERE NOT EXISTS (SELECT 1 FROM privacy_settings p WHERE p.tenant_id = t.id) ON CONFLICT DO NOTHING;
  RETURN QUERY UPDATE privacy_settings p SET held_until = clock_timestamp() + make_interval(secs => hold_seconds)
  WHERE p.tenant_id IN (
    SELECT d.tenant_id FROM privacy_settings d
    WHERE d.next_run_at <= clock_timestamp() AND (d.held_until IS NULL OR d.held_until < clock_timestamp())
    ORDER BY d.next_run_at LIMIT most FOR UPDATE SKIP LOCKED)
  RETURNING p.tenant_id;
END $$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['across.access_of(uuid,text,text)', 'across.person(uuid)', 'across.people(uuid[])',
    'across.change_person(uuid,text,text,boolean)', 'across.invitation(text)', 'across.accept_invitation(text,uuid,text,text)',
    'across.single_sign_on(text,text,text,text,text)', 'across.find_api_key(text)', 'across.due_retention(int,double precision)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO omnibots_across', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
