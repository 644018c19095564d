import type { Verb } from "../Verb.js";
import type { ExportSavedOptions, SavedExport } from "./exportSaved.js";

/** The verb `twin export`: its options, its run and its text. */
export const exportVerb: Verb<Omit<ExportSavedOptions, "directory">, SavedExport> = {
  usage: "export <model>",
  meaning: "a saved model of the phase for other programs, its limits with it (docs/serving-elsewhere.md)",
  options: [
    {
      flags: "--format <name>",
      meaning:
        "onnx: one file from recipes to calibrated probabilities, sets and intervals; " +
        "tfjs: a folder for each network alone",
      default: "onnx",
    },
    { flags: "--out <file>", meaning: "what is written; it ends in .onnx or .tfjs", isRequired: true },
    { flags: "--reagents <file>", meaning: "own reagents, by which sources are known, as `twin predict` takes them" },
  ],
  async run(options) {
    const { exportSaved } = await import("./exportSaved.js");
    const made = await exportSaved(options);
    return { text: `${made.model.slice(0, 8)} written as ${made.written.join(", ")}`, data: made };
  },
};
