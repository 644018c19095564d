import { phaseNames } from "../../chemistry/phases.js";
import { type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { phaseRandom, rowsOfBatches } from "../../problems/phase/phaseExperiments.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { featureDistances } from "../../uncertainty/domain/featureDistances.js";
import { fitDomainCheck, type DomainCheck } from "../../uncertainty/domain/fitDomainCheck.js";
import { fitFeatureDistance } from "../../uncertainty/domain/fitFeatureDistance.js";
import type { UncertainModels } from "./uncertainModels.js";

/** How strange rows are, by distance from the training rows and by the ensemble's disagreement. */
export interface Strangeness {
  readonly distance: Float64Array;
  readonly epistemic: Float64Array;
  /** The ensemble's, as trained. */
  readonly probabilities: Float64Array;
}

/** Tells recipes like those of training from others. */
export interface HomeCheck {
  /** Held rows that strangeness is ranked among. */
  readonly ranked: Uint32Array;
  readonly atHome: Strangeness;
  readonly strangeness: (rows: Matrix) => Promise<Strangeness>;
  readonly check: DomainCheck;
}

/** Share of rows from home that are called strange. */
export const falseAlarm = 0.05;
/** Rows that strangeness is ranked among: the check compares each new row with each of them. */
const rankedRows = 2_000;
/** Covariances are known well enough from as many. */
const distanceRows = 24_000;

/** Fitted on training rows and on the held half of the calibrate rows. */
export async function homeCheck({ data, ensemble, holdRows }: UncertainModels): Promise<HomeCheck> {
  const { seed, table, split, features, labels } = data;
  const random = phaseRandom(seed, "domain");
  const training = rowsOfBatches(table, split.train, random.fork("training"))(distanceRows);
  const distance = fitFeatureDistance(
    selectMatrixRows(features, training),
    labelsOf(labels, training),
    phaseNames.length,
  );
  // From all held batches: rows of a few would stand for a few days only.
  const ranked = shuffledRows(holdRows, random.fork("ranked")).slice(0, rankedRows).sort();
  const strangeness = async (rows: Matrix): Promise<Strangeness> => {
    const { epistemic, probabilities } = await ensemble.predictive(rows);
    return { distance: featureDistances(distance, rows), epistemic, probabilities };
  };
  const atHome = await strangeness(selectMatrixRows(features, ranked));
  return {
    ranked,
    atHome,
    strangeness,
    check: fitDomainCheck([atHome.distance, atHome.epistemic], { falseAlarm }),
  };
}
