import type { MessageRecord } from "./conversation.ts";

/** A fetched message (contract, section 5.1). The text stands in `normalizedMessage`; `textBody` is retiring. */
export function messageBody(message: MessageRecord, { legacyTextBody }: { legacyTextBody: boolean }): object {
  const time = new Date(message.at).toISOString();
  const customer = { id: message.conversationId, idType: "Opaque", nickname: "Customer" };
  const company = { id: "larkfield-messenger" };
  const inbound = message.direction === "inbound";
  return {
    id: message.id,
    conversationId: message.conversationId,
    timestamp: time,
    direction: message.direction,
    messengerType: "webmessaging",
    status: message.status,
    fromAddress: inbound ? message.conversationId : "larkfield-messenger",
    toAddress: inbound ? "larkfield-messenger" : message.conversationId,
    ...(message.createdBy && { createdBy: { id: message.createdBy } }),
    ...(legacyTextBody && message.text !== undefined && { textBody: message.text }),
    normalizedMessage: {
      id: message.id,
      type: message.kind,
      ...(message.text !== undefined && { text: message.text }),
      direction: inbound ? "Inbound" : "Outbound",
      channel: {
        id: message.conversationId,
        platform: "Open",
        type: "Private",
        messageId: message.id,
        time,
        from: inbound ? customer : company,
        to: inbound ? company : customer,
      },
      content: message.attachment
        ? [
            {
              contentType: "Attachment",
              attachment: {
                mediaType: "Image",
                url: `https://media.invalid/${message.attachment.id}`,
                ...message.attachment,
              },
            },
          ]
        : [],
      ...(message.kind === "Event" && { events: [{ eventType: "Typing", typing: { type: "On" } }] }),
      originatingEntity: "Human",
      metadata: {},
    },
    normalizedReceipts: [],
    selfUri: `/api/v2/conversations/messages/${message.conversationId}/messages/${message.id}`,
  };
}
