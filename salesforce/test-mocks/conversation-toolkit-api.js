export const getConversationLog = jest.fn();
export const sendTextMessage = jest.fn();
export const setAgentInput = jest.fn();
