import { phaseCode } from "../chemistry/phases.js";
import { assumedMixing, type PublishedCase } from "../chemistry/PublishedCase.js";
import { routeNames } from "../chemistry/recipeSchema.js";
import { numbersOf, textsOf, type Table } from "../core/Table.js";

/**
 * Published recipes as the twin's chemistry takes them: all acids count as oleic acid, all amines as oleylamine,
 * caesium that did not come as bromide came as carboxylate, and what the mixing took is assumed.
 *
 * @param recipes  on the recipe schema
 */
export function publishedCases(recipes: Table): PublishedCase[] {
  const column = (name: string): ((row: number) => number) => {
    const values = numbersOf(recipes, name);
    return (row) => (Number.isNaN(values[row]) ? 0 : values[row]);
  };
  const [temperature, time, volume, caesium, lead, bromide] = [
    "temperatureCelsius",
    "timeSecond",
    "volumeMillilitre",
    "caesiumMolar",
    "leadMolar",
    "bromideMolar",
  ].map(column);
  const [oleicAcid, otherAcid, oleylamine, otherAmine, polar, water] = [
    "oleicAcidMolar",
    "otherAcidMolar",
    "oleylamineMolar",
    "otherAmineMolar",
    "polarSolventFraction",
    "waterFraction",
  ].map(column);
  const [routes, sources, phases, papers] = ["route", "caesiumSource", "phase", "doi"].map((name) =>
    textsOf(recipes, name),
  );
  return Array.from({ length: recipes.numRows }, (_, row) => ({
    conditions: {
      route: routeNames.find((name) => name === routes[row])!,
      temperatureCelsius: temperature(row),
      timeSecond: Math.max(time(row), 1),
      mixingSecond: assumedMixing,
      volumeMillilitre: volume(row),
      caesiumMolar: caesium(row),
      leadMolar: lead(row),
      bromideMolar: bromide(row),
      oleicAcidMolar: oleicAcid(row) + otherAcid(row),
      oleylamineMolar: oleylamine(row) + otherAmine(row),
      caesiumOleateMolar: sources[row].includes("CsBr") ? 0 : caesium(row),
      polarSolventFraction: polar(row),
      waterFraction: water(row),
    },
    phase: phaseCode(phases[row]),
    doi: papers[row],
  }));
}
