import { startOrg } from "./start-org.ts";

/** Alone, from a shell: `node sandbox/salesforce/main.ts [port] [portal]`. */
const [port = "3106", portalUrl = "http://localhost:3000"] = process.argv.slice(2);
const running = await startOrg({ port: Number(port), portalUrl });
process.stdout.write(`Salesforce org: ${running.url}/console\n`);
