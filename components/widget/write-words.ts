import type { WriteBackState } from "#/lib/events/write-back.ts";
import type { Words } from "./words.ts";

export const writeWords = ({ t }: Pick<Words, "t">, state: WriteBackState): string => t(`write.${state}`);
