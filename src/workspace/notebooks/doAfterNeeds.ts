/**
 * Does jobs, at most so many side by side, each once those that it needs have ended. Of those that may begin the one
 * comes first that most others wait for one after the other, of equals the first. After one has thrown no other begins;
 * those that have begun come to their end before the error goes on.
 *
 * @param jobs           each is needed by later ones alone
 * @param options.most   side by side, at least 1
 * @param options.needs  places of the jobs that the job at a place needs, all before it
 * @param options.work   gets the results of the jobs needed, in their order
 * @returns in the order of the jobs
 */
export async function doAfterNeeds<Job, Result>(
  jobs: readonly Job[],
  {
    most,
    needs,
    work,
  }: {
    readonly most: number;
    readonly needs: (place: number) => readonly number[];
    readonly work: (job: Job, needed: readonly Result[]) => Promise<Result>;
  },
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const places = [...jobs.keys()];
  // A long chain that begins late ends alone, while the other places stand empty.
  const chains = new Map<number, number>();
  for (const place of places.toReversed()) {
    const after = places.filter((other) => needs(other).includes(place)).map((other) => chains.get(other)!);
    chains.set(place, 1 + Math.max(0, ...after));
  }
  const waiting = new Set(places.sort((a, b) => chains.get(b)! - chains.get(a)! || a - b));
  const running = new Set<Promise<void>>();
  let fault: { readonly error: unknown } | null = null;
  const begin = (place: number): void => {
    waiting.delete(place);
    const needed = needs(place).map((other) => results.get(other)!);
    const job: Promise<void> = work(jobs[place], needed)
      .then(
        (result) => void results.set(place, result),
        (error: unknown) => void (fault ??= { error }),
      )
      .finally(() => running.delete(job));
    running.add(job);
  };
  for (;;) {
    for (const place of waiting) {
      if (fault === null && running.size < most && needs(place).every((other) => results.has(other))) begin(place);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (fault !== null) throw (fault as { readonly error: unknown }).error;
  return jobs.map((_, place) => results.get(place)!);
}
