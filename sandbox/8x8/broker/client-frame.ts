import type { WebSocket } from "ws";

export type ClientFrame = { type?: string; messageId?: string; permitMessages?: number };

export function readClientFrame(text: string): ClientFrame | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

export function answerEndOfTopic(socket: WebSocket, atEnd: boolean): void {
  socket.send(JSON.stringify({ endOfTopic: `${atEnd}` }));
}
