import { readFileSync } from "node:fs";
import { join } from "node:path";

const SHEETS = ["controls.css", "layout.css"];

/** What every played desktop looks like; a platform adds its own colours. */
export const desktopStyle = (): Buffer =>
  Buffer.concat(SHEETS.map((sheet) => readFileSync(join(import.meta.dirname, sheet))));
