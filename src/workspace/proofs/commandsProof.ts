import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { documentCommands, type DocumentCommand } from "../../documentation/documentCommands.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { projectPath } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { documentNames } from "../site/documentNames.js";
import type { Proof } from "./Proof.js";
import { runDocumentCommands, type CommandRun } from "./runDocumentCommands.js";

/** The commands of the documents, run: each document that has any in a copy of the project of its own. */
export const commandsProof: Proof = {
  name: "commands",
  id: "assure-commands",
  about: "the commands of the documents",
  record: commandsEvidence,
};

async function commandsEvidence(): Promise<EvidenceFile<{ readonly commands: readonly DocumentCommand[] }>> {
  const texts = await Promise.all(
    (await documentNames()).map(async (name) => [name, await readText(projectPath(name))] as const),
  );
  const documents = texts
    .map(([name, text]) => ({ name, commands: documentCommands(text, name) }))
    .filter(({ commands }) => commands.length > 0);
  return recordedEvidence(
    {
      id: commandsProof.id,
      inputs: ["package-lock.json", "package.json", ...documents.map(({ name }) => name)],
      source: "src",
      madeBy: "assure",
    },
    async () => {
      const runs: CommandRun[] = [];
      for (const { name, commands } of documents) {
        console.log(`… commands of ${name}`);
        runs.push(...(await runDocumentCommands(commands)));
      }
      return {
        result: { commands: documents.flatMap(({ commands }) => commands) },
        measurements: commandMeasurements(runs),
      };
    },
  );
}

function commandMeasurements(runs: readonly CommandRun[]): Measurement[] {
  const executed = runs.filter(({ notRun }) => notRun === null);
  const failed = executed.filter(({ code }) => code !== 0);
  for (const { document, line, command, words } of failed)
    console.error(`${document}, line ${line}: ${command}\n${words}`);
  return [
    measurement({
      id: "DOC4.failedCommands",
      meaning: "commands in the documents that do not exit with 0",
      value: failed.length,
      unit: "commands",
      n: executed.length,
    }),
    measurement({
      id: "DOC4.commands",
      meaning: "commands in the documents that are executed",
      value: executed.length,
      unit: "commands",
    }),
    measurement({
      id: "documents.commandsNotRun",
      meaning: "commands in the documents that are not executed, each with its reason",
      value: runs.length - executed.length,
      unit: "commands",
    }),
  ];
}
