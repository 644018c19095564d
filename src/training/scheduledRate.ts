/** How the learning rate goes on after the first epoch. */
export type Schedule =
  | { readonly name: "constant" }
  /**
   * Half a cosine from the first rate down to `floor` times it at the last epoch (Loshchilov and
   * Hutter 2017, arXiv:1608.03983, without restarts).
   */
  | { readonly name: "cosine"; readonly floor?: number }
  /** Times `factor` every `every` epochs. */
  | { readonly name: "step"; readonly every: number; readonly factor: number };

/**
 * Learning rate of an epoch.
 *
 * @param rate    of the first epoch
 * @param epoch   from 1
 * @param epochs  planned, the last one included
 */
export function scheduledRate(rate: number, schedule: Schedule, epoch: number, epochs: number): number {
  if (schedule.name === "constant") return rate;
  if (schedule.name === "step") return rate * schedule.factor ** Math.floor((epoch - 1) / schedule.every);
  const { floor = 0 } = schedule;
  const done = epochs === 1 ? 0 : (epoch - 1) / (epochs - 1);
  return rate * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * done))) / 2);
}
