import { compiledModule } from "../../core/threads/compiledModule.js";
import type { LoadableTable } from "../../experiments/dataStore.js";
import { halvingPruner } from "../../tuning/pruners/halvingPruner.js";
import type { PrunerSettings } from "../../tuning/pruners/Pruner.js";
import type { NamedObjective } from "../../tuning/studyInWords.js";

/** A problem of this house that studies tune: a module as one's own, with what is usual for it. */
export interface TunedProblem {
  /** URL of the compiled module. */
  readonly module: string;
  /** What is made least. */
  readonly objective: NamedObjective;
  /** Rows that values are measured on. */
  readonly measuredOn: string;
  /** Null: none is stopped. */
  readonly pruner: PrunerSettings | null;
  /** Published table that must be imported; null where there is none. */
  readonly table: LoadableTable | null;
  /** Experiments of the twin; null where its rows are those of a published table. */
  readonly rows: { readonly usual: number; readonly least: number; readonly most: number } | null;
}

/** Problems by the names that `twin tune` knows them by. */
export const tunedProblems: Readonly<Record<string, TunedProblem>> = {
  network: {
    module: moduleOf("tunedNetwork"),
    objective: { name: "log loss", unit: "nats" },
    measuredOn: "tune rows of the twin",
    pruner: halvingPruner().settings,
    table: null,
    rows: { usual: 20_000, least: 500, most: 1_000_000 },
  },
  forest: {
    module: moduleOf("tunedForest"),
    objective: { name: "log loss", unit: "nats" },
    measuredOn: "five folds of the twin's training and tune rows",
    pruner: null,
    table: null,
    rows: { usual: 2000, least: 500, most: 100_000 },
  },
  platelets: {
    module: moduleOf("tunedPlatelets"),
    objective: { name: "absolute error of the peak", unit: "nm" },
    measuredOn: "five folds by recipe of the rows that were published first",
    pruner: null,
    table: "nanoplatelets-all",
    rows: null,
  },
};

function moduleOf(name: string): string {
  return compiledModule(new URL(`${name}.ts`, import.meta.url).href);
}
