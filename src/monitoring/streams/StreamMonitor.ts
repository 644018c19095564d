/** Where a monitor stands, as plain data that JSON keeps: a server can stop, read it back and go on. */
export interface MonitorState {
  /** Rows seen since the start. */
  readonly rows: number;
  /** Alarms raised since the start. After each the monitor watches on from scratch, or from what it kept. */
  readonly alarms: number;
}

/** A watch over one value at a time, at its settings: a state and what comes next in, the next state out. */
export type StreamMonitor =
  | {
      readonly takes: "rows";
      start(): MonitorState;
      next(state: MonitorState, value: number): MonitorState;
    }
  | {
      readonly takes: "batches";
      start(): MonitorState;
      next(state: MonitorState, batch: ArrayLike<number>): MonitorState;
    };

/**
 * A monitor that takes rows, from the two functions of its kind: `rowMonitor(() => startCusum(settings), cusum)`.
 *
 * @param start  gives the first state, settings in it
 * @param next   takes one value
 */
export function rowMonitor<State extends MonitorState>(
  start: () => State,
  next: (state: State, value: number) => State,
): StreamMonitor {
  return { takes: "rows", start, next };
}

/**
 * A monitor that takes whole batches.
 *
 * @param start  gives the first state, settings in it
 * @param next   takes the values of a batch
 */
export function batchMonitor<State extends MonitorState>(
  start: () => State,
  next: (state: State, batch: ArrayLike<number>) => State,
): StreamMonitor {
  return { takes: "batches", start, next };
}

/**
 * A row monitor that is shown the mean of each batch: rows of a batch are not independent, means of batches are.
 *
 * @param start  gives the first state, with settings for means of batches; its rows count batches
 * @param next   takes one value
 */
export function batchMeanMonitor<State extends MonitorState>(
  start: () => State,
  next: (state: State, value: number) => State,
): StreamMonitor {
  return batchMonitor(start, (state, batch) => {
    let sum = 0;
    for (let row = 0; row < batch.length; row++) sum += batch[row];
    return next(state, sum / batch.length);
  });
}
