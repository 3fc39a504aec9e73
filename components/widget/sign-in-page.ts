import type { DoorPage } from "./sign-in-door.ts";
import { leaveKeeper } from "./widget-address.ts";

const WINDOW = "popup,width=520,height=720";

/** The browser as a sign-in needs it. */
export function doorPage(page: Window): DoorPage {
  return {
    origin: page.location.origin,
    openWindow: () => page.open("about:blank", "omnibots-sign-in", WINDOW),
    leave: (url, keeper) => {
      leaveKeeper(page, keeper);
      page.location.assign(url);
    },
    listen: (hear) => {
      const pass = ({ source, origin, data }: MessageEvent) => hear({ source, origin, data });
      page.addEventListener("message", pass);
      return () => page.removeEventListener("message", pass);
    },
    every: (ms, run) => {
      const timer = page.setInterval(run, ms);
      return () => page.clearInterval(timer);
    },
  };
}
