import { measurement, type Measurement } from "../../core/Evidence.js";
import { projectPath } from "../../io/projectPath.js";
import type { GroupScores } from "./scoreGroups.js";
import { validateNew } from "./validateNew.js";

/** Registered predictions of the demonstration, scored against their outcomes, without any day. */
export interface DemonstratedValidation {
  readonly result: {
    /** What a rehearsal of PI8 proves (`twin validate --rehearsals`). */
    readonly evidenceSha256: string;
    readonly register: string;
    readonly experiments: number;
    readonly groups: readonly GroupScores[];
  };
  readonly measurements: readonly Measurement[];
}

/** Folder of the demonstration: recipes and outcomes of the twin, and what was registered of them. */
export const demonstrationFolder: string = projectPath("data", "demonstration");

/** Scores the committed demonstration, and writes nothing down: equal files give equal bytes, whatever the day. */
export async function demonstratedValidation(folder: string = demonstrationFolder): Promise<DemonstratedValidation> {
  const { registers, evidenceSha256 } = await validateNew(`${folder}/outcomes.csv`, {
    recipes: `${folder}/recipes.csv`,
    ledger: `${folder}/ledger.jsonl`,
    keeps: false,
  });
  const experiments = registers.reduce((sum, { n }) => sum + n, 0);
  return {
    result: { evidenceSha256, register: registers[0].register, experiments, groups: registers[0].groups },
    measurements: [
      measurement({
        id: "continuous.demonstration",
        meaning:
          "experiments of the demonstration, whose outcomes the twin simulated, that were scored against predictions " +
          "registered before",
        value: experiments,
        unit: "experiments",
      }),
    ],
  };
}
