import { InputError } from "../../core/InputError.js";
import { appendToLedger } from "../../io/evidence/evidenceLedger.js";
import type { Proof } from "./Proof.js";
import { proofStandings, type ProofStanding } from "./proofStanding.js";
import { readProofTimes, writeProofTime } from "./proofTimes.js";

export interface RunProofsOptions {
  /** Of the proofs to run; none for all. */
  readonly names?: readonly string[];
  /** Leaves out the proofs that hold. */
  readonly stale?: boolean;
  /** Takes what is told, a line or several at a time. */
  readonly say?: (text: string) => void;
  /** Milliseconds of a clock that only runs forward. */
  readonly now?: () => number;
}

/** How a call of `npm run assure` went, by names of proofs. */
export interface ProofsRun {
  readonly recorded: readonly string[];
  /** Proofs that came to no end: their earlier evidence, where there is any, stands as it was. */
  readonly failed: readonly string[];
}

/**
 * Runs proofs in their order, and says beforehand which are void and why, and how long each took last time. A proof
 * that throws costs its own evidence alone: the others are run all the same.
 *
 * @throws InputError if there is no proof of a name
 */
export async function runProofs(
  proofs: readonly Proof[],
  { names = [], stale = false, say = console.log, now = () => performance.now() }: RunProofsOptions = {},
): Promise<ProofsRun> {
  const unknown = names.find((name) => !proofs.some((proof) => proof.name === name));
  if (unknown !== undefined)
    throw new InputError({
      where: "npm run assure",
      must: `proofs must be of ${proofs.map(({ name }) => name).join(", ")}`,
      got: `"${unknown}"`,
      mend: "name some of them, or none for all",
    });
  const [standings, times] = [await proofStandings(proofs), await readProofTimes()];
  const named = (name: string): boolean => names.length === 0 || names.includes(name);
  const chosen = proofs.filter(({ name }, at) => named(name) && (!stale || standings[at].isVoid));
  say(planText({ proofs, standings, times, chosen }));
  const recorded: string[] = [];
  const failed: string[] = [];
  for (const proof of chosen) {
    const started = now();
    try {
      const file = await proof.record();
      await appendToLedger([file]);
      await writeProofTime(proof.name, (now() - started) / 1000);
      say(`\ndata/evidence/${file.id}.json`);
      for (const { id, value, unit, reason } of file.measurements)
        say(`  ${id.padEnd(24)} ${value === null ? `UNKNOWN: ${reason}` : `${value} ${unit}`}`);
      recorded.push(proof.name);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      say(`\n${proof.name} came to no end, and data/evidence/${proof.id}.json stands as it was: ${words}`);
      failed.push(proof.name);
    }
  }
  return { recorded, failed };
}

interface Plan {
  readonly proofs: readonly Proof[];
  readonly standings: readonly ProofStanding[];
  readonly times: Readonly<Record<string, number>>;
  readonly chosen: readonly Proof[];
}

function planText({ proofs, standings, times, chosen }: Plan): string {
  const lines = proofs.flatMap((proof, at) => {
    const { name, about } = proof;
    const { isVoid, why } = standings[at];
    const verdict = chosen.includes(proof) ? "runs" : "left out";
    const took = name in times ? `took ${timeWords(times[name])} last time` : "how long it takes is not known here";
    return [
      `${name.padEnd(16)} ${verdict.padEnd(9)} ${isVoid ? "void " : "holds"}  ${took}: ${about}`,
      ...(isVoid ? [`${" ".repeat(17)}${why}`] : []),
    ];
  });
  return [...lines, totalText(chosen, times)].join("\n");
}

function totalText(chosen: readonly Proof[], times: Readonly<Record<string, number>>): string {
  if (chosen.length === 0) return "Nothing to run.";
  const known = chosen.filter(({ name }) => name in times);
  const count = `To run: ${chosen.length}`;
  if (known.length === 0) return `${count}, and how long that takes is not known here.`;
  const sum = known.reduce((total, { name }) => total + times[name], 0);
  const rest = chosen.length - known.length;
  const others = rest === 0 ? "" : `, and ${rest} of which it is not known`;
  return `${count}, ${timeWords(sum)} by their last times${others}.`;
}

function timeWords(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
