/** What a process has used so far; two of these make a rate. */
export type ProcessFigures = {
  /** Microseconds of all threads, and of the one that serves the sockets. */
  cpuMicros: number;
  mainThreadMicros: number;
  rssBytes: number;
  heapBytes: number;
};

export function readProcessFigures(): ProcessFigures {
  const all = process.cpuUsage();
  const main = process.threadCpuUsage();
  const memory = process.memoryUsage();
  return {
    cpuMicros: all.user + all.system,
    mainThreadMicros: main.user + main.system,
    rssBytes: memory.rss,
    heapBytes: memory.heapUsed,
  };
}
