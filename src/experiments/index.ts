/*
 * Real tables on the one schema, and facts of the literature with their sources. Published files go in, checked by
 * their hashes; tables of recipes and outcomes in our units come out. Notebooks 01 and 02 and the validation read
 * them.
 */

export {
  dataStatus,
  fetchData,
  importData,
  readRealTable,
  type LoadableTable,
  type TableStatus,
  type TransferNote,
} from "./dataStore.js";
export {
  literatureFacts,
  type FactStatus,
  type Literature,
  type LiteratureFact,
  type SizeSeries,
} from "./literatureFacts.js";
export { applyColumnMap, type ApplyColumnMapOptions, type MappedTable } from "./columnMap/applyColumnMap.js";
export type { MappedFault } from "./columnMap/MappedFault.js";
export { columnMapText } from "./columnMap/columnMapText.js";
export { parseColumnMap } from "./columnMap/parseColumnMap.js";
export {
  reagentMeasures,
  type ColumnConstant,
  type ColumnMap,
  type ColumnUse,
  type ReagentMeasure,
} from "./columnMap/ColumnMap.js";
export { guessColumnMap, type GuessConfidence, type HeaderGuess, type MapGuess } from "./columnMap/guessColumnMap.js";
export { readMappedTable, type ReadMappedOptions } from "./columnMap/readMappedTable.js";
export { templateTable } from "./columnMap/templateTable.js";
export { exchangeFormats, type ExchangeFormat } from "./exchange/exchangeFormats.js";
export type { ExchangeFolder, ExchangeTable } from "./exchange/ExchangeTable.js";
export type { DesignRoles } from "./exchange/designRoles.js";
export { readExchanged, type ExchangedTable } from "./exchange/readExchanged.js";
export type { LoadedTable } from "./LoadedTable.js";
export { realTables, type PartOf, type RealTable } from "./manifest.js";
export { readReagents } from "./readReagents.js";
export { loadSpectra, spectrumAt } from "./spectra/loadSpectra.js";
export type { Spectrum } from "./spectra/Spectrum.js";
export { spectrumPeak, type SpectrumPeak } from "./spectra/spectrumPeak.js";
export { spectrumWidth, type SpectrumWidth } from "./spectra/spectrumWidth.js";
