import { calibrate } from "../../calibration/calibrate.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { phaseNames } from "../../chemistry/phases.js";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { argmax } from "../../core/metrics/argmax.js";
import { percent } from "../../core/percent.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { selectRows, textsOf } from "../../core/Table.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { rulesView, maySpeak } from "../../predictor/rulesView.js";
import { batchCodes } from "../../problems/phase/batchSums.js";
import { fitRuleRecords } from "../../problems/phase/fitRuleRecords.js";
import { phaseRandom } from "../../problems/phase/phaseExperiments.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { ruleVeto, type RuleVeto } from "../../problems/phase/ruleVeto.js";
import type { UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** Recommendations with and without the chemist's rules. */
export interface RuleRecommendations {
  readonly veto: RuleVeto;
  /** Rules with their records on training rows, as complete as the recipes of the notebook. */
  readonly table: ShownTable;
}

/**
 * Whether a veto of the chemist's rules makes recommendations better. A phase is recommended where its probability is
 * 0.8 or more, and a rule whose record on training rows is good enough may forbid it. Both ways recommend the same
 * share of rows.
 */
export async function ruleRecommendations(models: UncertainModels): Promise<EvidenceFile<RuleRecommendations>> {
  const { data, ensemble, fitRows, someTestRows } = models;
  const { seed, table, hidden, split, features, labels } = data;
  return recordedEvidence(
    {
      id: "06-calibration-rules",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: uncertaintyEngine,
      labels: "simulated",
    },
    async () => {
      const random = phaseRandom(seed, "rules");
      const records = fitRuleRecords(selectRows(hidden, split.train), labelsOf(labels, split.train), {
        groups: textsOf(selectRows(table, split.train), "batch"),
        random: random.fork("records"),
      });
      const answersOf = async (rows: Uint32Array): Promise<Float64Array> =>
        (await ensemble.predictive(selectMatrixRows(features, rows))).probabilities;
      const temperature = fitTemperature(labelsOf(labels, fitRows), await answersOf(fitRows));
      const probabilities = calibrate(temperature, await answersOf(someTestRows));
      const phase = argmax(probabilities, phaseNames.length);
      const views = rulesView(records, selectRows(table, someTestRows), { phase, sets: phase });
      const veto = ruleVeto(
        labelsOf(labels, someTestRows),
        probabilities,
        {
          contradicted: Uint8Array.from(views, ({ speaks, agrees }) => Number(speaks && !agrees)),
          groups: batchCodes(table, someTestRows).names,
        },
        random.fork("veto"),
      );
      const spoken = views.filter(({ speaks }) => speaks).length / views.length;
      return {
        result: {
          veto,
          table: shownTable({
            caption: "The chemist's rules on training rows that give all that rules read",
            columns: [
              { name: "rule", of: ({ name }) => name },
              { name: "rows decided", of: ({ complete }) => complete.decided },
              {
                name: "right",
                of: ({ complete: { decided, right } }) => share(decided === 0 ? null : right / decided),
              },
              { name: "at least (95 %)", of: ({ complete }) => share(complete.bound) },
              { name: "speaks", of: ({ complete }) => (maySpeak(complete) ? "yes" : "no") },
            ],
            rows: records,
          }),
        },
        measurements: vetoMeasurements(veto, spoken),
      };
    },
  );
}

function share(value: number | null): string {
  return value === null ? "unknown" : percent(value, { decimals: 1 });
}

function vetoMeasurements(veto: RuleVeto, spoken: number): Measurement[] {
  const made = (
    id: string,
    meaning: string,
    unit: string,
    { value, interval }: Estimate,
    baseline: number | null,
  ): Measurement => measurement({ id: `rules.${id}`, meaning, value, unit, interval, n: veto.rows, baseline });
  return [
    measurement({
      id: "rules.speak",
      meaning: "test recipes that a rule with a lower bound of 80 % or more decides",
      value: spoken,
      unit: "share",
      n: veto.rows,
    }),
    made("recommended", "test recipes with a recommendation", "share", veto.share, null),
    made("risk", "recommendations that are wrong", "share", veto.risk, null),
    made("contradicted", "recommendations that a rule that speaks contradicts", "share", veto.contradicted, null),
    made(
      "vetoedRisk",
      "recommendations that are wrong where such rules veto, at the same share",
      "share",
      veto.vetoedRisk,
      veto.risk.value,
    ),
    made("vetoGain", "risk with the veto less that without, at the same share", "share difference", veto.difference, 0),
  ];
}
