import { croissantFolder } from "./croissantFolder.js";
import type { ExchangeFolder, ExchangeTable } from "./ExchangeTable.js";
import { frictionlessFolder } from "./frictionlessFolder.js";
import { olympusFolder } from "./olympusFolder.js";
import { openReactionFolder } from "./openReactionFolder.js";

/** Name of a form in which other tools take a table. */
export type ExchangeFormat = "frictionless" | "croissant" | "olympus" | "ord";

/**
 * Forms in which other tools take a table, by name. The first two lose nothing (`readExchanged` reads them back); the
 * others say what they cannot hold.
 */
export const exchangeFormats: Readonly<Record<ExchangeFormat, (exchange: ExchangeTable) => Promise<ExchangeFolder>>> = {
  frictionless: frictionlessFolder,
  croissant: croissantFolder,
  olympus: olympusFolder,
  ord: openReactionFolder,
};
