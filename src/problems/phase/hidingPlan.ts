import type { HidingPlan } from "../../features/hideValues.js";
import { missingPatterns } from "../../experiments/missingPatterns.js";

/** Columns of a recipe that may be unknown; without caesium, lead and bromide there is no recipe. */
const columns = [
  "route",
  "temperatureCelsius",
  "timeSecond",
  "mixingSecond",
  "volumeMillilitre",
  "oleicAcidMolar",
  "oleylamineMolar",
  "polarSolventFraction",
  "waterFraction",
  "antisolventRatio",
  "caesiumSource",
  "bromideSource",
  "polarSolvent",
];

/** Who tells one of them tells all, and who leaves one out leaves all out. */
const groups = [
  ["oleicAcidMolar", "oleylamineMolar"],
  ["timeSecond", "mixingSecond"],
  ["caesiumSource", "bromideSource"],
];

/** What the phase network's training rows are not told: as open tables leave it out, and at random. */
export async function hidingPlan(): Promise<HidingPlan> {
  return { columns, groups, patterns: await missingPatterns() };
}
