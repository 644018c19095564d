/** Median of a few wall times, in seconds, of something run one time after the other. */
export async function medianSeconds(runs: number, work: () => Promise<void>): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    seconds.push((performance.now() - started) / 1000);
  }
  return seconds.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

/** One line of a report: our time, the peer's, and peer over ours, so that above 1 we are faster. */
export function ratioLine(what: string, ours: number, peer: number | null, peerName: string): string {
  const shown =
    peer === null ? `${peerName} is not installed` : `${peerName} ${peer.toFixed(2)} s, ${(peer / ours).toFixed(2)} x`;
  return `${what.padEnd(44)} ours ${ours.toFixed(2)} s   ${shown}`;
}
