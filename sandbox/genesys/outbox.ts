import type { WebSocket } from "ws";

export type Outbox = {
  /** Sends one numbered message and returns its number. */
  send(type: string, parameters: object): number;
  lastSeq(): number;
};

type Options = {
  socket: Pick<WebSocket, "send">;
  sessionId: string;
  serverSeq: () => number;
  position: () => string;
};

/** The caller's side of the text messages: numbered from one, without gaps. */
export function createOutbox({ socket, sessionId, serverSeq, position }: Options): Outbox {
  let seq = 0;
  return {
    lastSeq: () => seq,
    send(type, parameters) {
      seq += 1;
      const envelope = {
        version: "2",
        id: sessionId,
        type,
        seq,
        serverseq: serverSeq(),
        position: position(),
      };
      socket.send(JSON.stringify({ ...envelope, parameters }));
      return seq;
    },
  };
}
