import { readProgress, writeProgress } from "../../io/studies/keptProgress.js";
import { endOf, failedBy } from "../endOf.js";
import { plainSteps, stepsShape } from "../files/trialShape.js";
import type { StudySettings } from "../files/StudySettings.js";
import { openTrial, type TrialView } from "../openTrial.js";
import type { Parameter, ParameterValues } from "../Parameter.js";
import { prunerOf } from "../pruners/prunerOf.js";
import type { Sampler, SamplerSettings } from "../samplers/Sampler.js";
import { samplerOf } from "../samplers/samplerOf.js";
import type { TrialEnd, TrialStep } from "../Trial.js";
import type { StudyObjective } from "./StudyObjective.js";

/** A trial to be carried out: plain data. */
export interface TrialJob {
  /** Of the study, where what the trial keeps is kept. */
  readonly folder: string;
  readonly settings: Pick<StudySettings, "seed" | "space" | "directions" | "sampler" | "pruner">;
  readonly view: TrialView;
  /** Known before it starts; of a space all its values. */
  readonly proposed: ParameterValues;
}

/** What a trial tells as it goes, so that it is known also where its thread ends before it. */
export type TrialNote =
  | { readonly steps: readonly TrialStep[] }
  | { readonly step: TrialStep }
  | { readonly name: string; readonly parameter: Parameter };

/** How a trial went. */
export interface TrialAnswer {
  readonly parameters: ParameterValues;
  readonly end: TrialEnd;
}

/**
 * Carries out a trial in this thread. One that throws has failed.
 *
 * @param tell  takes what it tells as it goes, in its order
 */
export async function carryOutTrial(
  objective: StudyObjective,
  options: unknown,
  { folder, settings, view, proposed }: TrialJob,
  tell: (note: TrialNote) => void,
): Promise<TrialAnswer> {
  const { seed, space, directions, sampler, pruner } = settings;
  const { number } = view;
  const progress = await readProgress(folder, number);
  const before = stepsShape.safeParse(progress?.head.steps).data ?? [];
  tell({ steps: before });
  const open = openTrial(
    {
      seed,
      directions,
      sampler: toldSampler(sampler, proposed),
      ...(space === null ? {} : { space }),
      ...(pruner === null ? {} : { pruner: prunerOf(pruner) }),
    },
    view,
    before,
  );
  let isStopped = false;
  const end = await Promise.resolve()
    .then(() =>
      objective(
        {
          number,
          parameters: open.parameters,
          suggest: (name, parameter) => {
            const value = open.suggest(name, parameter);
            tell({ name, parameter: open.named[name] });
            return value;
          },
          report: (step, value) => {
            const stops = open.report(step, value);
            tell({ step: { step, value } });
            isStopped ||= stops;
            return stops;
          },
          kept: progress?.bytes ?? null,
          // One that goes on from where it was stopped would not be told again.
          keep: async (bytes) => {
            if (!isStopped) await writeProgress(folder, number, { head: { steps: plainSteps(open.steps) }, bytes });
          },
        },
        options,
      ),
    )
    .then(endOf, failedBy);
  // An objective may have written beside them.
  const names = Object.keys(open.named);
  return { parameters: Object.fromEntries(names.map((name) => [name, open.parameters[name]])), end };
}

/** Proposes what was proposed before the trial started; only what it names as it goes is reckoned here. */
function toldSampler(settings: SamplerSettings, proposed: ParameterValues): Sampler {
  const fit = (): never => {
    throw new Error("a Gaussian process learns where trials are proposed");
  };
  return { ...samplerOf(settings, { fit }), together: () => proposed };
}
