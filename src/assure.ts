import { InputError } from "./core/InputError.js";
import { engineAgreement } from "./analyses/02-generation/engineAgreement.js";
import { ownLaboratories } from "./analyses/04-training/ownLaboratories.js";
import { halvingBar } from "./analyses/05-tuning/halvingBar.js";
import { realRivals } from "./analyses/07-validation/realRivals.js";
import { clientsProof } from "./workspace/proofs/clientsProof.js";
import { cellsProof } from "./workspace/proofs/cellsProof.js";
import { codeProof } from "./workspace/proofs/codeProof.js";
import { commandsProof } from "./workspace/proofs/commandsProof.js";
import { exportsProof } from "./workspace/proofs/exportsProof.js";
import { gateProof } from "./workspace/proofs/gateProof.js";
import { intervalsProof } from "./workspace/proofs/intervalsProof.js";
import { monitoringProof } from "./workspace/proofs/monitoringProof.js";
import { mutationProof } from "./workspace/proofs/mutationProof.js";
import { onnxProof } from "./workspace/proofs/onnxProof.js";
import { optunaProof } from "./workspace/proofs/optunaProof.js";
import { predictionsProof } from "./workspace/proofs/predictionsProof.js";
import type { Proof } from "./workspace/proofs/Proof.js";
import { registryProof } from "./workspace/proofs/registryProof.js";
import { reproducibilityProof } from "./workspace/proofs/reproducibilityProof.js";
import { runProofs } from "./workspace/proofs/runProofs.js";
import { servingProof } from "./workspace/proofs/servingProof.js";
import { studiesProof } from "./workspace/proofs/studiesProof.js";
import { testsProof } from "./workspace/proofs/testsProof.js";
import { tuningProof } from "./workspace/proofs/tuningProof.js";

/**
 * The long proofs, in an order in which none voids one before it: notebook 02 shows what `engines` records, so that
 * comes first, and the notebooks are compared last.
 */
const proofs: readonly Proof[] = [
  {
    name: "engines",
    id: "02-generation-agreement",
    about: "a million rows by both engines of the twin",
    record: () => engineAgreement({ seed: 1 }),
  },
  codeProof,
  testsProof,
  cellsProof,
  gateProof,
  intervalsProof,
  monitoringProof,
  tuningProof,
  {
    name: "laboratories",
    id: "assure-own-laboratory",
    about: "models of a hundred laboratories that nobody has seen, from few rows each",
    record: () => ownLaboratories({ seed: 1 }),
  },
  {
    name: "halving",
    id: "assure-halving",
    about: "trials of the phase network stopped at rungs, against all of them in full",
    record: () => halvingBar({ seed: 1 }),
  },
  {
    name: "rivals",
    id: "assure-rivals",
    about: "all rivals of all questions to real tables, under every split",
    record: () => realRivals({ seed: 1 }),
  },
  mutationProof,
  predictionsProof,
  registryProof,
  onnxProof,
  exportsProof,
  optunaProof,
  servingProof,
  studiesProof,
  commandsProof,
  reproducibilityProof,
  clientsProof,
];

const usage = `npm run assure -- [--stale] [${proofs.map(({ name }) => name).join("] [")}]`;

/** `npm run assure`: runs the proofs named, or all; with --stale those of them whose evidence is void. */
async function assure(parameters: readonly string[]): Promise<void> {
  if (parameters.includes("--help")) return console.log(usage);
  const names = parameters.filter((one) => one !== "--stale");
  const { failed } = await runProofs(proofs, { names, stale: parameters.includes("--stale") });
  if (failed.length > 0) process.exitCode = 1;
}

assure(process.argv.slice(2)).catch((error: unknown) => {
  // What a user typed wrong needs no stack.
  console.error(error instanceof InputError ? error.message : error);
  process.exitCode = 2;
});
