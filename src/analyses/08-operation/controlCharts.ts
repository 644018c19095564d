import { seededRandom } from "../../core/random/Random.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { numbersOf } from "../../core/Table.js";
import type { ControlChart, ControlPoint } from "../../figures/plotControlChart.js";
import { laboratoryEffects } from "../../generation/laboratories.js";
import { daysPerWeek } from "../../generation/layout.js";
import { cusum, startCusum } from "../../monitoring/streams/cusum.js";
import { settingsForRate } from "../../monitoring/streams/settingsForRate.js";
import { rowMonitor } from "../../monitoring/streams/StreamMonitor.js";
import { valueStream } from "../../monitoring/streams/StreamLaw.js";
import type { LoggedTable } from "./laboratoryLog.js";

/** Control charts of laboratories: what they found, and the first one to be drawn. */
export interface ControlCharts {
  /** CUSUM of weekly means of the lead yield. */
  readonly cusum: {
    readonly threshold: number;
    /** Weeks from the new lot to the first alarm after it, in the middle of laboratories that alarmed. */
    readonly medianWeeks: number | null;
    readonly found: number;
    /** Alarms in weeks after the first year and before the lot, over all laboratories. */
    readonly falseAlarms: number;
    readonly watchedWeeks: number;
  };
  readonly chart: Omit<ControlChart, "id">;
}

const { lotDay } = laboratoryEffects;
/** Weeks whose mean and spread a chart starts from. */
const learnedWeeks = 52;

/** Weekly means of the lead yield of every laboratory, watched by CUSUM from the second year on. */
export function controlCharts(own: readonly LoggedTable[], seed: number): ControlCharts {
  const at = (threshold: number) => rowMonitor(() => startCusum({ mean: 0, sd: 1, slack: 0.5, threshold }), cusum);
  // One false alarm in ten years of weeks, on weeks that are independent.
  const { threshold } = settingsForRate(
    at,
    valueStream({ shift: 1, batchSize: 1, batchSpread: 0 }),
    seededRandom(seed).fork("control chart"),
    { per10000Rows: 10_000 / 520, from: 2, to: 12, streams: 20, rows: 5000, steps: 8 },
  );
  const lotWeek = lotDay / daysPerWeek;
  const watched = own.map((laboratory) => {
    const weeks = weeklyYields(laboratory);
    const learned = weeks.filter(({ at: week }) => week < learnedWeeks).map(({ value }) => value);
    const mean = learned.reduce((sum, value) => sum + value, 0) / learned.length;
    const sd = Math.sqrt(learned.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (learned.length - 1));
    let state = startCusum({ mean, sd, slack: 0.5, threshold });
    const alarms: number[] = [];
    for (const { at: week, value } of weeks.filter((one) => one.at >= learnedWeeks)) {
      const next = cusum(state, value);
      if (next.alarms > state.alarms) alarms.push(week);
      state = next;
    }
    return { weeks, mean, alarms };
  });
  const delays = watched
    .flatMap(({ alarms }) => alarms.find((week) => week >= lotWeek) ?? [])
    .map((week) => week + 1 - lotWeek)
    .sort((a, b) => a - b);
  const early = watched.flatMap(({ alarms }) => alarms.filter((week) => week < lotWeek));
  const [first] = watched;
  const alarm = first.alarms.find((week) => week >= lotWeek);
  return {
    cusum: {
      threshold,
      medianWeeks: delays[Math.floor((delays.length - 1) / 2)] ?? null,
      found: delays.length,
      falseAlarms: early.length,
      watchedWeeks: watched.length * Math.floor(lotWeek - learnedWeeks),
    },
    chart: {
      title: "A new lot of lead bromide, in the yield of a control recipe",
      xTitle: "Time (weeks)",
      yTitle: "Lead in the product (share)",
      series: [{ name: "mean of the week", points: first.weeks }],
      intervals: "95 % intervals over the runs of a week",
      reference: { at: first.mean, label: "mean of the first year" },
      events: [
        { at: lotWeek, label: "new lot" },
        ...(alarm === undefined ? [] : [{ at: alarm, label: "CUSUM alarms" }]),
      ],
    },
  };
}

function weeklyYields({ table, places }: LoggedTable): readonly ControlPoint[] {
  const yields = numbersOf(table, "leadYield");
  const last = Math.max(...places.map(({ day }) => day));
  const weeks = Array.from({ length: Math.floor(last / daysPerWeek) + 1 }, (): number[] => []);
  places.forEach(({ day }, row) => {
    if (!Number.isNaN(yields[row])) weeks[Math.floor(day / daysPerWeek)].push(yields[row]);
  });
  return weeks.flatMap((values, week) => {
    if (values.length < 2) return [];
    const { value, interval } = studentEstimate(values, { over: "runs" });
    return [{ at: week, value, low: interval.low, high: interval.high }];
  });
}
