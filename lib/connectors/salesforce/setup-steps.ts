import type { SetupStep } from "../manifest.ts";

export const setupSteps: readonly SetupStep[] = [
  {
    id: "app",
    title: "Make a connected app for the connection",
    where: "Setup > App Manager > New Connected App",
    text: "Enable OAuth with the scopes api and openid, tick Enable Client Credentials Flow, and choose a Run As user under Manage > Edit Policies. Put My Domain, consumer key and consumer secret into the settings on this page.",
    page: "settings",
    check: "Client credentials",
  },
  {
    id: "test",
    title: "Test the connection",
    text: "The test learns which organization it is and lists its queues. Until then no agent gets a token.",
    page: "test",
    check: "User info",
  },
  {
    id: "package",
    title: "Deploy the package",
    where: "sf project deploy start, in the folder salesforce of this project",
    text: "It holds the Lightning web component, the Visualforce page, the message channel, the Apex classes, the summary field, the trusted site, the credentials' shells and the permission set.",
    page: "deploy",
  },
  {
    id: "credential",
    title: "Fill in the Named Credential and the External Credential",
    where: "Setup > Named Credentials > Agent Assist",
    text: "The Named Credential's URL is this product's address. The External Credential's principal takes the organization id as ClientId and the exchange secret as ClientSecret. Secrets are never part of a package.",
    page: "credentials",
  },
  {
    id: "permissions",
    title: "Assign the permission set to the agents",
    where: "Setup > Permission Sets > Agent Assist Agent > Manage Assignments",
    text: "It lets them use the page, the Apex classes, the credential and the summary field.",
  },
  {
    id: "page",
    title: "Put both components on the Messaging Session page",
    where: "A messaging session > Setup (gear) > Edit Page",
    text: "Drag Agent Assist (custom) and Visualforce with the page Agent Assist onto it, then save and activate it for the Service Console.",
  },
  {
    id: "mapping",
    title: "Map queues to knowledge bases",
    text: "Omni-Channel's queues and routing configurations can have a knowledge base, a system prompt and a model of their own.",
    page: "mapping",
    check: "Queues",
  },
  {
    id: "event",
    title: "Start a test chat",
    text: "The first message shows that everything is in place: the test's last step turns green with it.",
    page: "test",
    check: "First real event",
  },
];
