import { nearestStoichiometry, stoichiometryBorders } from "../../chemistry/nearestStoichiometry.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { groupedEstimate } from "../../core/statistics/groupedEstimate.js";
import { groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";
import { seededRandom } from "../../core/random/Random.js";
import { numbersOf, textsOf } from "../../core/Table.js";
import { readRealTable } from "../../experiments/dataStore.js";
import type { RatioHistogram } from "../../figures/plotRatioHistogram.js";
import type { RuleAgainstConstant } from "../../figures/plotRuleAgainstConstant.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { publishedFile } from "./publishedFile.js";

/**
 * Experiments per Cs:Pb bin and phase, and how often simple
 * rules name the phase rightly; both as their figures take them.
 */
export interface PhaseRules {
  readonly histogram: Omit<RatioHistogram, "id">;
  readonly rules: Omit<RuleAgainstConstant, "id">;
}

/**
 * Does the recipe's Cs:Pb ratio tell which phase forms? The
 * nearest-stoichiometry rule against always answering CsPbBr3.
 */
export async function phasesByRatio({ seed }: { readonly seed: number }): Promise<EvidenceFile<PhaseRules>> {
  return recordedEvidence(
    {
      id: "01-experiments-phases",
      inputs: [publishedFile("recipes")],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
    },
    async () => {
      const { table } = await readRealTable("recipes");
      const ratios = Array.from(numbersOf(table, "caesiumLeadRatio"));
      const phases = textsOf(table, "phase");
      const papers = textsOf(table, "doi");
      const { codes, groups } = groupCodes(papers);
      const random = seededRandom(seed).fork("phases");
      const rightBy = (name: string, predict: (ratio: number) => string, meaning: string): Measurement => {
        const isRight = (row: number): boolean => predict(ratios[row]) === phases[row];
        const sums = groupedSums(codes, { right: (row) => Number(isRight(row)), rows: () => 1 }, { groups });
        const share = groupedStatistic(sums, ({ right, rows }) => right / rows, { over: "rows", kind: "share" });
        return measurement({
          id: `phases.${name}`,
          meaning,
          ...groupedEstimate(groups, share, random.fork(name), { unit: "paper" }),
          unit: "share",
          n: ratios.length,
          baseline: phases.filter((phase) => phase === "CsPbBr3").length / phases.length,
        });
      };
      const rule = rightBy(
        "stoichiometryRule",
        (ratio) => nearestStoichiometry(ratio),
        "share of recipes whose phase the nearest-stoichiometry rule names rightly",
      );
      const constant = rightBy(
        "constant",
        () => "CsPbBr3",
        "share of recipes whose phase is CsPbBr3, the constant answer",
      );
      const bar = (name: string, { value, interval, n }: Measurement): PhaseRules["rules"]["bars"][number] => ({
        name,
        share: value!,
        low: interval!.low,
        high: interval!.high,
        n: n!,
      });
      return {
        result: {
          histogram: histogram(ratios, phases),
          rules: {
            bars: [bar("nearest stoichiometry", rule), bar("always CsPbBr3", constant)],
            referenceShare: { share: constant.value!, label: "always CsPbBr3" },
          },
        },
        measurements: [
          rule,
          constant,
          measurement({
            id: "phases.papers",
            meaning: "papers the recipes come from",
            value: new Set(papers).size,
            unit: "papers",
          }),
        ],
      };
    },
  );
}

function histogram(ratios: readonly number[], phases: readonly string[]): PhaseRules["histogram"] {
  // Four bins per factor of two, so that both borders of the rule and the three stoichiometries are edges.
  const binEdges = Array.from({ length: 27 }, (_, i) => Number((2 ** ((i - 13) / 4)).toPrecision(6)));
  const [bins, first, last] = [binEdges.length - 1, binEdges[0], binEdges[binEdges.length - 1]];
  const binOf = (ratio: number): number => binEdges.findLastIndex((edge) => edge <= ratio);
  const outside = ratios.find((ratio) => binOf(ratio) < 0 || binOf(ratio) >= bins);
  if (outside !== undefined)
    throw new RangeError(
      `phasesByRatio: every Cs:Pb ratio must lie in [${first}, ${last}) mol/mol; got ${outside}; widen the histogram`,
    );
  const counts = Object.fromEntries(
    [...new Set(phases)]
      .sort()
      .map((phase) => [
        phase,
        binEdges
          .slice(1)
          .map((_, bin) => ratios.filter((ratio, row) => phases[row] === phase && binOf(ratio) === bin).length),
      ]),
  );
  return {
    binEdges,
    counts,
    rulePhaseBoundaries: { ratios: stoichiometryBorders(), predictions: ["CsPb2Br5", "CsPbBr3", "Cs4PbBr6"] },
  };
}
