import type { TableStatus, TransferNote } from "../../experiments/dataStore.js";
import type { Verb, VerbGroup } from "../Verb.js";

/** The verb `twin data status`: its options, its run and its text. */
export const dataStatusVerb: Verb<object, readonly TableStatus[]> = {
  usage: "status",
  meaning: "which tables are here, with origin, licence and hash",
  options: [],
  async run() {
    const { dataStatus } = await import("../../experiments/dataStore.js");
    const { formatDataStatus } = await import("./formatDataStatus.js");
    const status = await dataStatus();
    return { text: formatDataStatus(status), data: status };
  },
};

/** The verb `twin data import`: its options, its run and its text. */
export const dataImportVerb: Verb<{ readonly from: string }, readonly TransferNote[]> = {
  usage: "import",
  meaning: "copies tables from a folder after checking their hashes",
  options: [
    {
      flags: "--from <folder>",
      meaning: "folder that holds the tables under their names in `twin data status`",
      isRequired: true,
    },
  ],
  async run({ from }) {
    const { importData } = await import("../../experiments/dataStore.js");
    const { formatTransfer } = await import("./formatDataStatus.js");
    const notes = await importData({ from });
    return { text: formatTransfer(notes), data: notes };
  },
};

/** The verb `twin data fetch`: its options, its run and its text. */
export const dataFetchVerb: Verb<{ readonly names?: readonly string[] }, readonly TransferNote[]> = {
  usage: "fetch [names...]",
  meaning: "downloads tables from their public origins",
  options: [],
  async run({ names = [] }) {
    const { fetchData } = await import("../../experiments/dataStore.js");
    const { formatTransfer } = await import("./formatDataStatus.js");
    const notes = await fetchData(names.length === 0 ? {} : { only: names });
    return { text: formatTransfer(notes), data: notes };
  },
};

/** `twin data` */
export const dataVerbs: VerbGroup = {
  usage: "data",
  meaning: "published tables, which are never committed",
  verbs: [dataStatusVerb, dataImportVerb, dataFetchVerb],
};
