import type { DeployPart } from "../manifest.ts";

/** What an admin enters in Salesforce after the package is deployed, in the order in which it is done. */
export const deployment: readonly DeployPart[] = [
  {
    id: "package",
    title: "Package",
    where: "A shell in the folder salesforce of this project, with the Salesforce CLI",
    text: "Signs in to the org and deploys all of it. The guide docs/setup/salesforce.md says every click.",
    values: [
      { label: "Sign in", value: "sf org login web --set-default --alias agent-assist" },
      { label: "Deploy", value: "sf project deploy start --test-level RunLocalTests" },
    ],
  },
  {
    id: "named-credential",
    title: "Named Credential",
    where: "Setup > Named Credentials > Agent Assist > Edit",
    text: "Where Apex finds this product. It asks for an agent's token there, server to server.",
    values: [{ label: "URL", value: "%PORTAL_URL%" }],
  },
  {
    id: "external-credential",
    title: "External Credential",
    where:
      "Setup > Named Credentials > External Credentials > Agent Assist > Principals > AgentAssist > Edit",
    text: "Add both as authentication parameters. The exchange secret is on the Credentials tab; it stays in Salesforce and never reaches a browser.",
    values: [
      {
        label: "Parameter",
        value: "ClientId",
        help: "Its value is the organization id: Setup > Company Information.",
      },
      { label: "Parameter", value: "ClientSecret", help: "Its value is the exchange secret." },
    ],
  },
  {
    id: "trusted-url",
    title: "Trusted URL",
    where: "Setup > Trusted URLs > AgentAssist > Edit",
    text: "Lets the Visualforce page frame the widget: context All, directives connect-src, frame-src and img-src.",
    values: [{ label: "URL", value: "%PORTAL_URL%" }],
  },
];
