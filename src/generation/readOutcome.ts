import { phaseCode } from "../chemistry/phases.js";
import { boxMuller } from "../core/random/boxMuller.js";
import { philoxUniforms } from "../core/random/philoxUniforms.js";
import { pickShare } from "../core/random/pickShare.js";
import { measure, type TrueOutcome } from "./measure.js";

/** What a laboratory writes down. */
export interface Reading {
  readonly phase: number;
  readonly outcome: TrueOutcome;
}

const nothing = phaseCode("no target product");
const missingOutcome: TrueOutcome = {
  size: NaN,
  dispersion: NaN,
  peak: NaN,
  width: NaN,
  quantumYield: NaN,
  leadYield: NaN,
};

/**
 * Draws the label from its probabilities and one reading of each quantity; a
 * product that was not noticed is not measured.
 *
 * @param options.key    noise stream; another key is another replicate
 * @param options.noise  scale of the noise; 0 gives the noise-free label and values
 */
export function readOutcome(
  {
    label,
    probabilities,
    outcome,
  }: { readonly label: number; readonly probabilities: readonly number[]; readonly outcome: TrueOutcome },
  {
    row,
    key,
    noise,
    gain,
    shift,
  }: {
    readonly row: number;
    readonly key: readonly [number, number];
    readonly noise: number;
    readonly gain: number;
    readonly shift: number;
  },
): Reading {
  const u = philoxUniforms(7, { row, key });
  const phase = noise === 0 ? label : pickShare(probabilities, u[0]);
  if (phase === nothing) return { phase, outcome: missingOutcome };
  const z = [...boxMuller(u[1], u[2]), ...boxMuller(u[3], u[4]), ...boxMuller(u[5], u[6])].map(
    (value) => noise * value,
  );
  return { phase, outcome: measure(outcome, z, gain, shift) };
}
