import { availableParallelism } from "node:os";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import type { Interval } from "../../core/statistics/Interval.js";
import { workerPool } from "../../core/threads/workerPool.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { gateScenarios, gateThreshold, type GateScenario } from "./gate/gateScenarios.js";
import type { GateResult } from "./gate/simulateGate.js";
import type { Proof } from "./Proof.js";

/** Models whose true calibration error is known, many times over, before the bound of gate MP5. */
export const gateProof: Proof = {
  name: "gate",
  id: "assure-gate",
  about: "the calibration gate before simulated models of known error",
  record: () => gateEvidence(),
};

/** The curves, and all counts behind them. */
interface GateCurves {
  readonly scenarios: readonly GateResult[];
  /** Shares of draws that pass, by true error. */
  readonly table: ShownTable;
}

const seed = 1;
/** The true error that the gate is to pass where there are rows enough. */
const passable = 0.02;

/**
 * Simulates every scenario; equal results whatever the number of threads.
 *
 * @param options.scenarios  default: the whole grid
 */
export function gateEvidence({
  scenarios = gateScenarios,
}: { readonly scenarios?: readonly GateScenario[] } = {}): Promise<EvidenceFile<GateCurves>> {
  return recordedEvidence(
    {
      id: gateProof.id,
      inputs: [],
      source: [moduleSource(import.meta.url), moduleSource(new URL("gate/gateWorker.js", import.meta.url).href)],
      seed,
      labels: "simulated",
      madeBy: "assure",
    },
    async () => {
      const results = await simulateAll(scenarios);
      return { result: { scenarios: results, table: passTable(results) }, measurements: gateMeasurements(results) };
    },
  );
}

async function simulateAll(scenarios: readonly GateScenario[]): Promise<GateResult[]> {
  const threads = Math.min(availableParallelism(), scenarios.length, 8);
  const pool = workerPool<GateScenario, GateResult>(new URL("gate/gateWorker.ts", import.meta.url).href, threads, {
    seed,
  });
  try {
    return await Promise.all(scenarios.map((scenario) => pool.run(scenario)));
  } finally {
    await pool.close();
  }
}

/**
 * What the gate is held to. Each is the worst of several scenarios, so its interval holds for all of them together
 * (Bonferroni).
 */
export function gateMeasurements(results: readonly GateResult[]): Measurement[] {
  const sizes = [...new Set(results.map(({ rows }) => rows))].sort((a, b) => a - b);
  const layouts = [...new Set(results.map(({ layout }) => layout))];
  const atThreshold = results.filter(({ error }) => error === gateThreshold);
  return [
    ...(["other rows", "same rows"] as const).flatMap((on) =>
      worst({
        id: `gate.wrongPasses.${on === "other rows" ? "otherRows" : "sameRows"}`,
        meaning: `share of models of a true calibration error of ${gateThreshold} that pass, bins cut on the ${on}`,
        results: atThreshold.filter(({ cuts }) => cuts === on),
        count: ({ passes }) => passes,
        pick: "largest",
        bound: 0.05,
      }),
    ),
    ...worst({
      id: "gate.zeros",
      meaning: "share of calibrated models whose interval reaches down to 0",
      results: results.filter(({ error }) => error === 0),
      count: ({ zeros }) => zeros,
      pick: "smallest",
      bound: 0.95,
    }),
    ...worst({
      id: "gate.held",
      meaning: "share of intervals that hold the true calibration error",
      results,
      count: ({ held }) => held,
      pick: "smallest",
      bound: 0.95,
    }),
    ...sizes.flatMap((rows) =>
      layouts.flatMap((layout) =>
        worst({
          id: `gate.power.${rows}.${layout}`,
          meaning:
            `share of models of a true calibration error of ${passable} that pass with ` +
            `${rows.toLocaleString("en-US")} rows ${layout === "rows" ? "alone" : "in batches"}`,
          results: results.filter((one) => one.error === passable && one.rows === rows && one.layout === layout),
          count: ({ passes }) => passes,
          pick: "smallest",
          ...(rows === 10_000 ? { bound: 0.8 } : {}),
        }),
      ),
    ),
  ];
}

/** The share of one scenario, the worst of those given; none where there are none. */
function worst({
  id,
  meaning,
  results,
  count,
  pick,
  bound = null,
}: {
  readonly id: string;
  readonly meaning: string;
  readonly results: readonly GateResult[];
  readonly count: (result: GateResult) => number;
  readonly pick: "largest" | "smallest";
  readonly bound?: number | null;
}): Measurement[] {
  if (results.length === 0) return [];
  const share = (one: GateResult): number => count(one) / one.draws;
  const chosen = results.reduce((a, b) => ((pick === "largest" ? share(b) > share(a) : share(b) < share(a)) ? b : a));
  const { low, high, level, method } = clopperPearson(count(chosen), chosen.draws, {
    level: 1 - 0.05 / results.length,
  });
  const interval: Interval = { low, high, level, method: `${method}, Bonferroni over ${results.length} scenarios` };
  return [
    measurement({
      id,
      meaning: `${meaning}: the ${pick} of ${results.length} scenarios (${chosen.miscalibration})`,
      value: share(chosen),
      unit: "share",
      interval: results.length === 1 ? { ...interval, method } : interval,
      n: chosen.draws,
      threshold: bound,
      direction: bound === null ? null : pick === "largest" ? "atMost" : "atLeast",
    }),
  ];
}

function passTable(results: readonly GateResult[]): ShownTable {
  const errors = [...new Set(results.map(({ error }) => error))].sort((a, b) => a - b);
  const lineOf = ({ miscalibration, layout, cuts, rows }: GateScenario): string =>
    JSON.stringify([miscalibration, layout, cuts, rows]);
  const lines = new Map<string, GateResult[]>();
  for (const one of results) lines.set(lineOf(one), [...(lines.get(lineOf(one)) ?? []), one]);
  return shownTable({
    caption: `Share of simulated models that pass the bound of ${gateThreshold}, by true calibration error`,
    columns: [
      { name: "miscalibration", of: ([one]) => one.miscalibration },
      { name: "rows", of: ([one]) => one.rows },
      { name: "they come", of: ([one]) => (one.layout === "rows" ? "alone" : "in batches") },
      { name: "bins cut on", of: ([one]) => one.cuts },
      ...errors.map((error) => ({
        name: String(error),
        of: (line: readonly GateResult[]) => {
          const found = line.find((one) => one.error === error);
          return found === undefined ? null : found.passes / found.draws;
        },
      })),
    ],
    rows: [...lines.values()],
  });
}
