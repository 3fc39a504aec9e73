import type { DoorPage, PopupWindow } from "./sign-in-door.ts";

const LOOK_EVERY_MS = 1_000;
/** The window itself tells when it is done; asking is for what it cannot tell. */
const ASK_EVERY_TH = 5;

type Watch = {
  page: DoorPage;
  popup: PopupWindow;
  /** Asks the server what came of it; `patient` once the window has had its chance to tell by itself. */
  ask(how: { proof?: string; patient: boolean }): void;
  onClosed(closed: boolean): void;
};

/** Follows the window in which the agent signs in, until the answer is called. */
export function watchWindow({ page, popup, ask, onClosed }: Watch): () => void {
  let looks = 0;
  const stopLooking = page.every(LOOK_EVERY_MS, () => {
    looks += 1;
    onClosed(popup.closed);
    if (looks % ASK_EVERY_TH === 0) ask({ patient: looks > ASK_EVERY_TH });
  });
  const stopListening = page.listen(({ source, origin, data }) => {
    if (source !== popup || origin !== page.origin) return;
    const { type, code } = fieldsOf(data);
    if (type === "omnibots.signed-in" && typeof code === "string") ask({ proof: code, patient: false });
    if (type === "omnibots.sign-in-failed") ask({ patient: false });
  });
  return () => {
    stopLooking();
    stopListening();
    popup.close();
  };
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
