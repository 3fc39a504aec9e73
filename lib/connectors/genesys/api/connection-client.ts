import type { PlatformAccess } from "../../platform-access.ts";
import { clientToken } from "./client-token.ts";
import { createGenesysClient, type GenesysClient } from "./genesys-client.ts";
import { type Environment, hostsOf } from "./hosts.ts";

type Login = { environment: Environment; clientId: string; clientSecret: string };

/** The API in the name of the connection's own OAuth client; its roles decide what it may do. */
export function connectionClient(login: Login, access: PlatformAccess): GenesysClient {
  const hosts = hostsOf(login.environment, access.sandboxes);
  const { get, refused } = clientToken({ hosts, access, ...login });
  return createGenesysClient({ hosts, access, token: get, onRefused: refused });
}
