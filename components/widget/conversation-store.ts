import {
  type ConversationAction,
  type ConversationState,
  conversationReducer,
  EMPTY_CONVERSATION,
} from "./conversation-state.ts";

export type ConversationStore = {
  state(): ConversationState;
  dispatch(action: ConversationAction): void;
  subscribe(listener: () => void): () => void;
};

/** Holds one conversation outside React, since the socket writes to it whether or not anything is mounted. */
export function createConversationStore(): ConversationStore {
  let state = EMPTY_CONVERSATION;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    dispatch: (action) => {
      const next = conversationReducer(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
