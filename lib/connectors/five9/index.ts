import { defineConnector } from "../connector.ts";
import { check } from "./connection.ts";
import { credentials } from "./credentials.ts";
import { listQueues } from "./list-skills.ts";
import { manifest } from "./manifest.ts";
import { normalize } from "./normalize.ts";

export const five9 = defineConnector({ manifest, credentials, check, normalize, listQueues });
