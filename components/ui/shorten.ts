/** Cuts an id in its middle: the start tells its kind, the end tells it from its neighbors. */
export function shortenId(id: string, head = 6, tail = 4): string {
  return id.length <= head + tail + 1 ? id : `${id.slice(0, head)}…${id.slice(-tail)}`;
}
