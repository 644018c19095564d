import { argmax } from "../../core/metrics/argmax.js";
import { shortText } from "../../core/shortText.js";
import type { Table } from "../../core/Table.js";
import { crossConformalSets } from "../../uncertainty/conformal/crossConformalSets.js";
import { forestPredictor } from "../../training/baselines/forestPredictor.js";
import type { OutsideReason } from "../platelets/answerPlatelets.js";
import { wholeForest } from "./compactForest.js";
import type { CrystallisationModel, WellRange } from "./CrystallisationModel.js";
import {
  type CrystallisationRows,
  crystallisationRows,
  rangedFeatures,
  scoreClasses,
  wellFeatures,
  wellMatrix,
} from "./crystallisationRows.js";
import { saltDescriptors } from "./saltDescriptors.js";

/** What is told of one well. */
export interface CrystallisationAnswer {
  readonly experiment: string;
  /** Likeliest score, 1 to 4. */
  readonly score: number;
  /** Of the scores 1 to 4. */
  readonly probabilities: readonly number[];
  /** Scores, the likeliest among them. */
  readonly set: readonly number[];
  /** Why the well is unlike those of training; empty where it is not. Sets may not hold there. */
  readonly outside: readonly OutsideReason[];
}

/**
 * Answers wells. Sets are those of CV+ (crossConformalSets): with alpha 0.1 about 90 % hold the score where new plates
 * are like those of training. Plates of a later time, another laboratory or a new salt are not quite like them. A well
 * is answered alike whatever comes with it.
 *
 * @param wells  as loadCrystallisationCampaigns gives it; a score that stands there is not looked at
 * @param options.alpha  of the sets (default 0.1)
 */
export function answerCrystallisation(
  model: CrystallisationModel,
  wells: Table,
  { alpha = 0.1 }: { readonly alpha?: number } = {},
): readonly CrystallisationAnswer[] {
  const rows = crystallisationRows(wells, knownSalts(model));
  const features = wellMatrix(rows, model.means);
  const byFold = model.forests.map((forest) => forestPredictor(wholeForest(forest)).predict(features));
  const width = scoreClasses.length;
  const mean = byFold[0].map((_, i) => byFold.reduce((sum, one) => sum + one[i], 0) / byFold.length);
  // The rule asks for the probability of what happened alone: call that class 0.
  const { sets } = crossConformalSets(
    {
      labels: new Uint8Array(model.outOfFold.length),
      probabilities: Array.from(model.outOfFold).flatMap((probability) => [probability, 1 - probability, 0, 0]),
      foldOf: model.foldOf,
    },
    byFold,
    { alpha, score: "lac" },
  );
  const likeliest = argmax(mean, width);
  const reasons = outsideReasons(model);
  return rows.experiments.map((experiment, row) => ({
    experiment,
    score: likeliest[row] + 1,
    probabilities: Array.from(mean.subarray(row * width, (row + 1) * width)),
    set: scoreClasses.flatMap((_, k) => (((sets[row] >> k) & 1) === 1 || likeliest[row] === k ? [k + 1] : [])),
    outside: reasons(rows, row),
  }));
}

function knownSalts({ salts, descriptors }: CrystallisationModel): ReadonlyMap<string, Float64Array> {
  const width = saltDescriptors.length;
  return new Map(salts.map((salt, i) => [salt, descriptors.subarray(i * width, (i + 1) * width)]));
}

/** As a chemist would say them, with their unit. */
const words: Readonly<Record<string, readonly [name: string, unit: string]>> = {
  organicMolar: ["first organic salt", "mol/L"],
  secondOrganicMolar: ["second organic salt", "mol/L"],
  leadIodideMolar: ["lead iodide", "mol/L"],
  leadBromideMolar: ["lead bromide", "mol/L"],
  caesiumIodideMolar: ["caesium iodide", "mol/L"],
  formicAcidMolar: ["formic acid", "mol/L"],
  butyrolactoneMolar: ["gamma-butyrolactone", "mol/L"],
  dimethylformamideMolar: ["dimethylformamide", "mol/L"],
  dimethylSulfoxideMolar: ["dimethyl sulfoxide", "mol/L"],
  dichloromethaneMolar: ["dichloromethane", "mol/L"],
  volumeMicrolitre: ["volume", "µL"],
  temperatureCelsius: ["temperature", "°C"],
  bulkTemperatureCelsius: ["temperature of the liquid", "°C"],
  stirringPerMinute: ["stirring", "1/min"],
  firstMixingSecond: ["first mixing", "s"],
  secondMixingSecond: ["second mixing", "s"],
  timeSecond: ["reaction time", "s"],
  preheatCelsius: ["temperature before", "°C"],
  coolCelsius: ["temperature after", "°C"],
};

/** Of its range, by which an amount may leave it: the ends are those of wells that happened to be made. */
const leeway = 0.1;

function outsideReasons(model: CrystallisationModel): (rows: CrystallisationRows, row: number) => OutsideReason[] {
  const [all, ...bySalt] = model.ranges;
  const ofSalt = new Map(bySalt.map((range) => [range.salt, range]));
  return ({ salts, features, undescribed }, row) => {
    const valueOf = (j: number): number => features[row * wellFeatures.length + j];
    const own = ofSalt.get(salts[row]);
    const reasons: OutsideReason[] = [];
    if (own === undefined)
      reasons.push({
        why: "no training well has its organic salt",
        told:
          salts[row] === ""
            ? "every training well has an organic salt"
            : `no training well has ${shortText(salts[row])}`,
      });
    for (const salt of undescribed[row])
      reasons.push({
        why: "what an organic salt of it is cannot be read from its SMILES",
        told: `what ${shortText(salt)} is cannot be read from its SMILES`,
      });
    rangedFeatures.forEach((feature, j) => {
      const [name, unit] = words[feature];
      const value = valueOf(j);
      if (Number.isNaN(value)) {
        reasons.push({ why: `its ${name} is not told`, told: `its ${name} is not told` });
        return;
      }
      const beyond = [all, ...(own === undefined ? [] : [own])].find((range) => isBeyond(range, j, value));
      if (beyond === undefined) return;
      const whose = `in any training well${beyond.salt === null ? "" : " with its salt"}`;
      const compared = `is ${value < beyond.low[j] ? "less" : "more"} than ${whose}`;
      const [low, high] = [beyond.low[j], beyond.high[j]].map(digits);
      reasons.push({
        why: `${name} ${compared}`,
        told: `${name} ${digits(value)} ${unit} ${compared} (${low} to ${high})`,
      });
    });
    return reasons;
  };
}

function isBeyond({ low, high }: WellRange, j: number, value: number): boolean {
  // A range of no width knows its one value to single precision alone.
  const room = leeway * (high[j] - low[j]) + 1e-6 * Math.abs(high[j]);
  return value < low[j] - room || value > high[j] + room;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
