import { InputError } from "../../core/InputError.js";
import { batchEvidence } from "./batchEvidence.js";
import { checkSetting } from "./checkStream.js";
import type { MonitorState } from "./StreamMonitor.js";

/** What is held against the estimates, and what is promised while they hold. */
export interface OutcomeSettings {
  /** Factor on the odds of an error that is to be found, above 1: 14 % against 19 % is 1.44. */
  readonly oddsRatio: number;
  /** Whether rows that err less often than estimated are found, too (default "worse"). */
  readonly direction?: "worse" | "either";
  /** Standard deviation of batches on the logit that is allowed for, at least 0: promises hold up to it. */
  readonly batchSpread: number;
  /**
   * While the estimates hold: `ever` is the most probability, in (0, 1), that there is ever an alarm, however long and
   * often it is looked at; `runLength` is the least average number of batches to one, and finds a late change sooner.
   */
  readonly promise: { readonly ever: number } | { readonly runLength: number };
}

/** A batch that was predicted, and whose outcomes are awaited. */
interface AwaitedBatch {
  readonly batch: string;
  readonly estimates: readonly number[];
}

/** Where the monitor of outcomes stands. */
export interface OutcomeState extends MonitorState {
  readonly settings: OutcomeSettings;
  /** Natural logarithm of the evidence that there are more errors than estimated; null where there is none yet. */
  readonly more: number | null;
  /** That there are fewer; stays null where only worse counts. */
  readonly fewer: number | null;
  /** Natural logarithm of the evidence, from which on it is an alarm. */
  readonly threshold: number;
  /** Batches judged. */
  readonly batches: number;
  /** Estimated and observed errors of all rows judged. */
  readonly expected: number;
  readonly observed: number;
  /** Rows whose outcome never came. */
  readonly unlabelled: number;
  /** Batches whose outcomes are awaited, the oldest first. */
  readonly awaited: readonly AwaitedBatch[];
  /** Name of the batch judged last; null before the first. */
  readonly last: string | null;
}

/**
 * Starts a monitor of estimated errors against outcomes that come later, by batch, to be looked at after each batch.
 *
 * Estimates are 1 - the calibrated probability of the answer, or one tolerable error share for all rows. Rows of a
 * batch share a deviation. `ever` is an e-process: P(an alarm, ever) is at most so much. `runLength` is the
 * Shiryaev-Roberts sum of e-values: at least so many batches to an alarm on average.
 *
 * @throws InputError if a setting is out of its range
 * @see Ramdas et al. 2023, doi:10.1214/23-STS894 (e-processes); Shin, Ramdas and Rinaldo 2024, doi:10.51387/23-NEJSDS51
 */
export function startOutcomes(settings: OutcomeSettings): OutcomeState {
  const { oddsRatio, batchSpread, promise } = settings;
  const where = "startOutcomes";
  checkSetting(oddsRatio > 1 && oddsRatio < Infinity, oddsRatio, "the odds ratio must be above 1", where);
  checkSetting(batchSpread >= 0 && batchSpread <= 2, batchSpread, "the batch spread must lie in [0, 2]", where);
  if ("ever" in promise)
    checkSetting(promise.ever > 0 && promise.ever < 1, promise.ever, "the probability must lie in (0, 1)", where);
  else
    checkSetting(
      promise.runLength > 1 && promise.runLength < Infinity,
      promise.runLength,
      "the average run length must be above 1 batch",
      where,
    );
  const threshold = Math.log("ever" in promise ? 1 / promise.ever : promise.runLength);
  return {
    settings,
    rows: 0,
    alarms: 0,
    more: null,
    fewer: null,
    threshold,
    batches: 0,
    expected: 0,
    observed: 0,
    unlabelled: 0,
    awaited: [],
    last: null,
  };
}

/**
 * State after a batch was predicted: its estimates wait for outcomes.
 *
 * @param estimates  estimated error share of each row, in (0, 1)
 * @throws InputError if the batch is empty, already awaited or judged last, or an estimate leaves (0, 1)
 */
export function awaitOutcomes(
  state: OutcomeState,
  { batch, estimates }: { readonly batch: string; readonly estimates: ArrayLike<number> },
): OutcomeState {
  const where = `awaitOutcomes, batch "${batch}"`;
  checkEstimates(estimates, where);
  if (state.last === batch || state.awaited.some((one) => one.batch === batch))
    throw new InputError({
      where,
      must: "each batch must be predicted once",
      got: "a batch that came before",
      mend: "give each batch a name of its own",
    });
  return { ...state, awaited: [...state.awaited, { batch, estimates: Array.from(estimates) }] };
}

/**
 * State after the outcomes of the oldest awaited batch came: 1 where a row was wrong, 0 where it was right.
 *
 * A row whose outcome never comes, for a reason that has nothing to do with the answer, has null. An alarm starts
 * the evidence again.
 *
 * @throws InputError if the batch is not awaited, came before or is not the oldest, or outcomes do not fit its rows
 */
export function takeOutcomes(
  state: OutcomeState,
  { batch, errors }: { readonly batch: string; readonly errors: ArrayLike<number | null> },
): OutcomeState {
  const [oldest, ...awaited] = state.awaited;
  const where = `takeOutcomes, batch "${batch}"`;
  if (oldest?.batch !== batch) {
    const isLater = awaited.some((one) => one.batch === batch);
    throw new InputError({
      where,
      must: "outcomes must come once for each batch, in the order of predictions",
      got:
        state.last === batch
          ? "outcomes of this batch a second time"
          : isLater
            ? `them before those of "${oldest.batch}"`
            : "a batch that nobody awaits",
      mend: isLater
        ? "keep them until it is their turn, or give null for the rows of the batch before"
        : "a corrected outcome needs a monitor started again from the outcomes that stand",
    });
  }
  return judged({ ...state, awaited, last: batch }, oldest.estimates, errors, where);
}

/**
 * State after a batch whose estimates and outcomes come together, where nothing is awaited.
 *
 * @throws InputError as awaitOutcomes and takeOutcomes
 */
export function judgeOutcomes(
  state: OutcomeState,
  estimates: ArrayLike<number>,
  errors: ArrayLike<number | null>,
): OutcomeState {
  const where = `judgeOutcomes, batch ${state.batches}`;
  checkEstimates(estimates, where);
  return judged(state, estimates, errors, where);
}

function judged(
  state: OutcomeState,
  estimates: ArrayLike<number>,
  errors: ArrayLike<number | null>,
  where: string,
): OutcomeState {
  checkErrors(errors, estimates.length, where);
  const known = Array.from(estimates, (_, row) => row).filter((row) => errors[row] !== null);
  const unlabelled = state.unlabelled + estimates.length - known.length;
  if (known.length === 0) return { ...state, unlabelled };
  const [some, outcomes] = [known.map((row) => estimates[row]), known.map((row) => errors[row]!)];
  const { oddsRatio, direction = "worse", batchSpread, promise } = state.settings;
  const added = (before: number | null, ratio: number): number =>
    startOf(before, promise) + batchEvidence(some, outcomes, { oddsRatio: ratio, batchSpread });
  const more = added(state.more, oddsRatio);
  const fewer = direction === "either" ? added(state.fewer, 1 / oddsRatio) : null;
  // Either direction has half of the evidence: the mean of two e-values is one.
  const evidence = fewer === null ? more : logOfSum(more, fewer) - Math.LN2;
  const isAlarm = evidence >= state.threshold;
  return {
    ...state,
    rows: state.rows + known.length,
    alarms: state.alarms + (isAlarm ? 1 : 0),
    more: isAlarm ? null : more,
    fewer: isAlarm ? null : fewer,
    batches: state.batches + 1,
    expected: state.expected + some.reduce((sum, one) => sum + one, 0),
    observed: state.observed + outcomes.reduce((sum, one) => sum + one, 0),
    unlabelled,
  };
}

/** What the evidence of a batch is multiplied with: an e-process so far, or Shiryaev's sum with one more start. */
function startOf(before: number | null, promise: OutcomeSettings["promise"]): number {
  if (before === null) return 0;
  return "ever" in promise ? before : logOfSum(before, 0);
}

const logOfSum = (a: number, b: number): number => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

function checkEstimates(estimates: ArrayLike<number>, where: string): void {
  const bad = Array.from(estimates).findIndex((one) => !(one > 0 && one < 1));
  if (estimates.length > 0 && bad < 0) return;
  throw new InputError({
    where: bad < 0 ? where : `${where}, row ${bad}`,
    must: bad < 0 ? "a batch must have rows" : "an estimated error share must lie in (0, 1)",
    got: bad < 0 ? "none" : String(estimates[bad]),
    mend:
      bad < 0
        ? "leave out batches without rows: no data is no evidence"
        : "give 1 - the calibrated probability of the answer, kept off 0 and 1 by what calibration rows can tell",
  });
}

function checkErrors(errors: ArrayLike<number | null>, rows: number, where: string): void {
  if (errors.length !== rows)
    throw new InputError({
      where,
      must: `there must be one outcome for each of the ${rows} rows`,
      got: String(errors.length),
      mend: "give null for rows whose outcome never comes",
    });
  const bad = Array.from(errors).findIndex((one) => one !== null && one !== 0 && one !== 1);
  if (bad >= 0)
    throw new InputError({
      where: `${where}, row ${bad}`,
      must: "an outcome must be 1 (wrong), 0 (right) or null (never comes)",
      got: String(errors[bad]),
      mend: "compare the answer with the truth first",
    });
}
