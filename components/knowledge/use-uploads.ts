import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { MAX_UPLOAD_BYTES, UPLOAD_LIMIT } from "#/lib/knowledge/knowledge-form.ts";
import { uploadFile } from "./upload-file.ts";

export type Sent = {
  key: string;
  file: File;
  share: number;
  done?: { state: "ok" | "warn" | "error"; word: string };
};

/** Sends files two at a time, so that a large one does not hold up the rest, and keeps what became of each. */
export function useUploads(address: string) {
  const router = useRouter();
  const [sent, setSent] = useState<Sent[]>([]);
  const waiting = useRef<Sent[]>([]);
  const running = useRef(0);
  const change = (key: string, to: Partial<Sent>) =>
    setSent((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));

  const work = async () => {
    running.current += 1;
    for (let next = waiting.current.shift(); next; next = waiting.current.shift()) {
      const { key, file } = next;
      const done = await sendOne(address, file, (share) => change(key, { share }));
      change(key, { share: 1, done });
      router.refresh();
    }
    running.current -= 1;
  };
  const enqueue = (files: readonly Sent[]) => {
    waiting.current.push(...files);
    while (running.current < SIDE_BY_SIDE && waiting.current.length > 0) void work();
  };
  useWarnWhile(sent.some(({ done }) => done === undefined));

  return {
    sent,
    send: (files: readonly File[]) => {
      const batch = files.map((file) => ({ key: crypto.randomUUID(), file, share: 0 }));
      setSent((all) => [...all, ...batch]);
      enqueue(batch);
    },
    retry: (key: string) => {
      const again = sent.find((one) => one.key === key);
      if (!again) return;
      const fresh = { key, file: again.file, share: 0 };
      setSent((all) => all.map((one) => (one.key === key ? fresh : one)));
      enqueue([fresh]);
    },
    clear: () => setSent((all) => all.filter(({ done }) => done === undefined)),
  };
}

const SIDE_BY_SIDE = 2;

/** What is on its way is lost when the page is left. */
function useWarnWhile(sending: boolean): void {
  useEffect(() => {
    if (!sending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [sending]);
}

async function sendOne(
  address: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<NonNullable<Sent["done"]>> {
  if (file.size > MAX_UPLOAD_BYTES) return { state: "error", word: `Larger than ${UPLOAD_LIMIT}: split it.` };
  try {
    const answer = await uploadFile(address, file, onProgress);
    if (answer.outcome === "duplicate")
      return { state: "warn", word: `Same content as ${answer.of}: not added` };
    if (answer.outcome === "unchanged") return { state: "ok", word: "there already, unchanged" };
    return { state: "ok", word: answer.outcome };
  } catch (error) {
    return { state: "error", word: error instanceof Error ? error.message : "It could not be sent." };
  }
}
