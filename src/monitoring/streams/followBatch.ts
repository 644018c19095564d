import type { MonitorState, StreamMonitor } from "./StreamMonitor.js";

/**
 * Shows a batch to a monitor, row by row or at once as it takes them.
 *
 * @returns the state behind it and the row, from 0, at which the first alarm came; null without one
 */
export function followBatch(
  monitor: StreamMonitor,
  state: MonitorState,
  batch: ArrayLike<number>,
): { readonly state: MonitorState; readonly alarmAt: number | null } {
  const { alarms } = state;
  if (monitor.takes === "batches") {
    const next = monitor.next(state, batch);
    return { state: next, alarmAt: next.alarms > alarms ? batch.length - 1 : null };
  }
  let [next, alarmAt] = [state, null as number | null];
  for (let row = 0; row < batch.length; row++) {
    next = monitor.next(next, batch[row]);
    if (alarmAt === null && next.alarms > alarms) alarmAt = row;
  }
  return { state: next, alarmAt };
}
