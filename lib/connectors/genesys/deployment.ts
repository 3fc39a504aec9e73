import type { DeployPart } from "../manifest.ts";

/** Filled in by the platform for each conversation (contract section 6); the widget reads these names. */
const PLACEHOLDERS =
  "gcHostOrigin={{gcHostOrigin}}&gcTargetEnv={{gcTargetEnv}}&langTag={{gcLangTag}}&usePopupAuth={{gcUsePopupAuth}}";
const SANDBOX_FLAGS =
  "allow-scripts,allow-same-origin,allow-forms,allow-popups,allow-modals,allow-downloads,allow-presentation";

const FRAME = [
  {
    label: "Iframe sandbox options",
    value: SANDBOX_FLAGS,
    help: "allow-popups is for the sign-in, allow-same-origin for the widget's own connection to us.",
  },
  { label: "Iframe feature/permissions policy", value: "clipboard-write", help: "For the Copy button." },
] as const;

/** True names of what the product page calls conversations:read, notifications:subscribe, routing:read, users:readonly. */
const SCOPES = [
  {
    label: "conversations:read",
    value: "conversations",
    help: "The scope with writing: send message and save summary write to the conversation. conversations:readonly is enough where agents only read suggestions.",
  },
  { label: "notifications:subscribe", value: "notifications", help: "Live messages." },
  { label: "routing:read", value: "routing:readonly", help: "Queues and wrap-up codes." },
  {
    label: "users:readonly",
    value: "users:readonly",
    help: "Who the agent is. This one is called the same.",
  },
] as const;

const CONNECTOR_PERMISSIONS = [
  { label: "List queues", value: "routing:queue:view" },
  { label: "Queue, agent and language of a call or chat", value: "conversation:communication:view" },
  {
    label: "Read messages on the server",
    value: "conversation:message:view",
    help: "Only with that switch on; conversation:webmessaging:view where only web messaging is used.",
  },
] as const;

const AGENT_PERMISSIONS = [
  { label: "Read messages", value: "conversation:message:view" },
  { label: "Send message", value: "conversation:message:create" },
  { label: "Save summary", value: "conversation:participant:wrapup" },
  { label: "Wrap-up codes of the queue", value: "routing:wrapupCode:view" },
] as const;

/** What an admin makes and pastes in Genesys Cloud, in the order in which it is done. */
export const deployment: readonly DeployPart[] = [
  {
    id: "connector-client",
    title: "OAuth client of the connection",
    where: "Admin > Integrations > OAuth > Add Client",
    text: "Grant type Client Credentials. Such a client is governed by its roles, not by scopes: on its Roles tab assign a role with these permissions, in the divisions of your queues.",
    values: CONNECTOR_PERMISSIONS,
  },
  {
    id: "agent-client",
    title: "OAuth client of the agents",
    where: "Admin > Integrations > OAuth > Add Client",
    text: "Grant type Code Authorization with PKCE (no secret). Agents sign in with it in a popup. Put its client id under Set up > Settings > Agents' client id.",
    values: [
      {
        label: "Authorized redirect URI",
        value: "%SIGN_IN_CALLBACK%",
        help: "Letter for letter: Genesys Cloud compares it exactly.",
      },
    ],
  },
  {
    id: "scopes",
    title: "Scopes of the agents' client",
    where: "The same client > Scope > Add Scopes",
    text: "Left the name that our product page uses, right the scope as Genesys Cloud has it: the first three do not exist there under the left name.",
    values: SCOPES,
  },
  {
    id: "agent-role",
    title: "Role of the agents",
    where: "Admin > Roles / Permissions",
    text: "A scope allows nothing that the agent's own role does not. Most agent roles have these already.",
    values: AGENT_PERMISSIONS,
  },
  {
    id: "interaction-widget",
    title: "Interaction Widget",
    where: "Admin > Integrations > Add Integration > Interaction Widget > Configuration > Properties",
    text: "Shown beside each interaction. Genesys Cloud fills in what stands in double braces. Then allow the agents' group under Group Filtering and activate it.",
    values: [
      {
        label: "Application URL",
        value: `%WIDGET_URL%?conversationId={{gcConversationId}}&${PLACEHOLDERS}%WIDGET_TOKEN%`,
        help: "The part behind # names this connection; a browser sends it to no server.",
      },
      ...FRAME,
      {
        label: "Communication type filter",
        value: "message, call",
        help: "call only where voice is used.",
      },
    ],
  },
  {
    id: "sidebar",
    title: "Or: one widget in the sidebar",
    where: "Admin > Integrations > Add Integration > Client Application > Configuration > Properties",
    text: "Application type sidebar. One widget for all of an agent's interactions: it follows the one in front. Its address has no conversation.",
    values: [{ label: "Application URL", value: `%WIDGET_URL%?${PLACEHOLDERS}%WIDGET_TOKEN%` }, ...FRAME],
  },
];
