import { defineConnector } from "../connector.ts";
import { check } from "./connection.ts";
import { credentials } from "./credentials.ts";
import { manifest } from "./manifest.ts";
import { normalize } from "./normalize.ts";

export const genesys = defineConnector({ manifest, credentials, check, normalize });
