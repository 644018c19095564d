import type { Sync } from "../../workspace/notebooks/syncNotebooks.js";
import type { Verb } from "../Verb.js";

/** The verb `twin notebooks sync`: its options, its run and its text. */
export const notebooksSyncVerb: Verb<{ readonly back?: boolean }, Sync> = {
  usage: "sync",
  meaning: ".nb.ts to .ipynb, keeping the outputs of unchanged cells and whatever a .nb.ts does not hold",
  options: [{ flags: "--back", meaning: "first bring edits made in Jupyter back into .nb.ts" }],
  async run({ back }) {
    const { syncNotebooks, formatSync } = await import("../../workspace/notebooks/syncNotebooks.js");
    const sync = await syncNotebooks({ back });
    return { text: formatSync(sync), data: sync };
  },
};
