import { phaseNames } from "../chemistry/phases.js";
import { polymorphNames } from "../chemistry/polymorph.js";
import { antisolvents, bromideSources, caesiumSources, polarSolvents, routeNames } from "../chemistry/recipeSchema.js";
import type { TwinSetup } from "./ExperimentEngine.js";
import { CodeSlot, codeSlots, daysPerWeek, operatorsPerLab } from "./layout.js";

/** Texts behind the codes of a chunk, in the order of CodeSlot. */
export function categoryLevels({
  regions,
  laboratories: { count, days, dates },
}: TwinSetup): readonly (readonly string[])[] {
  const labs = Array.from({ length: count }, (_, lab) => `lab ${String(lab + 1).padStart(2, "0")}`);
  const weeks = days / daysPerWeek;
  const levels: Readonly<Record<keyof typeof CodeSlot, readonly string[]>> = {
    campaign: regions.map(({ region }) => region.name),
    route: routeNames,
    caesiumSource: caesiumSources,
    bromideSource: bromideSources,
    polarSolvent: polarSolvents,
    antisolvent: antisolvents,
    growthPolymorph: polymorphNames,
    lab: labs,
    operator: labs.flatMap((lab) =>
      Array.from({ length: operatorsPerLab }, (_, operator) => `${lab} operator ${operator + 1}`),
    ),
    batch: labs.flatMap((lab) =>
      Array.from({ length: weeks }, (_, week) => `${lab} week ${String(week + 1).padStart(3, "0")}`),
    ),
    date: dates,
    truePhase: phaseNames,
    phase: phaseNames,
  };
  return Array.from({ length: codeSlots }, (_, slot) => levels[CodeSlot[slot] as keyof typeof CodeSlot]);
}
