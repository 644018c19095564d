/** One public table that the project can use and does not carry. */
export interface RealTable {
  /** Name in messages and in the `source` column. */
  readonly id: string;
  /** File under data/real/. */
  readonly file: string;
  readonly content: string;
  /** Repository and path of the public original. */
  readonly origin: string;
  /**
   * Where `twin data fetch` finds the very file; left out where the file is
   * a subset of the original and must be imported.
   */
  readonly address?: string;
  readonly citation: string;
  readonly licence: string;
  readonly redistribution: string;
  /** Whether the licence lets others have it of us, in whatever form. */
  readonly isShareable: boolean;
  readonly sha256: string;
  readonly bytes: number;
  /** Data rows; 0 where the file is not a table. */
  readonly rows: number;
  /** Left out where its experiments stand in no other table of the manifest. */
  readonly partOf?: PartOf;
}

/** A table whose experiments stand in another one too, where a row counts once. */
export interface PartOf {
  /** Name of the whole. */
  readonly id: string;
  /** Columns, as both are loaded, that tell an experiment from all others: what it holds, not its name alone. */
  readonly content: readonly string[];
}

const mit = {
  licence: "MIT",
  redistribution: "allowed with the licence text; not committed here",
  isShareable: true,
} as const;
const synthesizer = { ...mit, citation: "Henke et al., Adv. Mater. 2025" } as const;
const rapid = { ...mit, citation: "darkreactions/rapid2 repository" } as const;
const olympus = { ...mit, citation: "aspuru-guzik-group/olympus repository" } as const;

/** The tables by name; hash, bytes and rows are those of the files the project's results were made with. */
export const realTables: readonly RealTable[] = [
  {
    id: "recipes",
    file: "cs_pb_br_recipes.csv",
    content: "89 published Cs-Pb-Br recipes from 23 papers",
    origin: "Sharpiless/Nanocrystals-Deep-Learning, Cs-Pb-Br rows of the raw recipe table",
    citation: "Gu et al., ACS Nano 2025, doi:10.1021/acsnano.5c09134",
    licence: "research, non-commercial",
    redistribution: "never: import it on each machine",
    isShareable: false,
    sha256: "091129eb9a3975f2f8839488b4203049d939c6fdea68584f11e3a011faeb549d",
    bytes: 19241,
    rows: 89,
  },
  {
    ...synthesizer,
    id: "nanoplatelets",
    file: "cspbbr3_nanoplatelets.csv",
    content: "225 room-temperature CsPbBr3 nanoplatelet syntheses with emission, one lab",
    origin: "leoluber/synthesizer, first 225 rows of data/raw/dataset_synthesizer.csv",
    sha256: "09f795d416a0502606e245f824e030b308ae7bb25af2a6abd6d363765c7bac5d",
    bytes: 45078,
    rows: 225,
    partOf: {
      id: "nanoplatelets-all",
      content: ["antisolvent", "caesiumMolar", "leadMolar", "measuredPart", "photoluminescencePeakNanometre"],
    },
  },
  {
    ...synthesizer,
    id: "nanoplatelets-all",
    file: "cspbbr3_nanoplatelets_full.csv",
    content: "357 room-temperature CsPbBr3 nanoplatelet syntheses of the same lab, with 18 failures",
    origin:
      "leoluber/synthesizer at fb86090, 357 of 438 rows of data/raw/Perovskite_NC_synthesis_NH_240418_new.csv, " +
      "with peaks and widths computed from its spectra",
    sha256: "7e1be8e47311f18470303e11728958609d11e68f64dc95f69f1a478c95571a31",
    bytes: 40568,
    rows: 357,
  },
  {
    ...synthesizer,
    id: "nanoplatelet-spectra",
    file: "cspbbr3_nanoplatelets_spectra.csv",
    content: "emission spectra of 326 of those syntheses, 400 to 600 nm in steps of 1 nm, raw counts",
    origin: "leoluber/synthesizer at fb86090, 326 of its spectra, cut to 400 to 600 nm",
    sha256: "18d97316b103ede7ac96c75fac974e99097f708cf240048f2ab36988096df163",
    bytes: 538_918,
    rows: 326,
  },
  {
    ...synthesizer,
    id: "antisolvents",
    file: "nanoplatelet_antisolvents.csv",
    content: "properties of the antisolvents",
    origin: "leoluber/synthesizer, data/raw/AntisolventProperties.csv",
    address:
      "https://raw.githubusercontent.com/leoluber/synthesizer/fb86090bea3b9185f15f7f0224b5da1a98f1a891/data/raw/AntisolventProperties.csv",
    sha256: "575b1901bda756d88328007d0d02382d3bae1868c208636a1eb6b095c453006c",
    bytes: 655,
    rows: 6,
  },
  {
    ...rapid,
    id: "crystallisations",
    file: "two_lab_crystallisation.csv",
    content: "554 vapour-diffusion crystallisations of hybrid lead iodides in two labs",
    origin: "darkreactions/rapid2, data/0058.perovskitedata.wf3.csv",
    address:
      "https://raw.githubusercontent.com/darkreactions/rapid2/ff7af200466fbd9097ab43a8a7f7239b3290fcbd/data/0058.perovskitedata.wf3.csv",
    sha256: "d123238ccc686f2042de34df01db933385bd0c6e9b99e79668043d1bdbd5dffb",
    bytes: 1905623,
    rows: 554,
    partOf: {
      id: "crystallisation-campaigns",
      content: [
        ...["organicMolar", "leadIodideMolar", "formicAcidMolar", "temperatureCelsius", "timeSecond"],
        ...["organic", "batch", "lab", "date", "crystalScore"],
      ],
    },
  },
  {
    ...mit,
    id: "crystallisation-campaigns",
    file: "escalate_halide_crystallisation.csv",
    content: "10,599 crystallisations of hybrid lead halides in 3 labs, 167 plates and 50 salts, scored by eye",
    origin:
      "darkreactions/ESCALATE at 193c449, ESCALATE_report_output: 10,599 wells of four campaigns, " +
      "with molarities of the whole well computed from weighed amounts",
    citation: "darkreactions/ESCALATE repository",
    sha256: "8133a67488a93e304889fd851ff67c444835d3f2b5866d331cd7ab86376e93c9",
    bytes: 3479107,
    rows: 10_599,
  },
  {
    ...mit,
    id: "cadmium-selenide",
    file: "cdse_hot_injection.csv",
    content: "234 hot injections of CdSe from papers of 1993 to 2017, with diameter, absorption and emission",
    origin: "akkaneror/Hot_injection at 7b38fe8, CdSe - Raw.csv",
    citation: "akkaneror/Hot_injection repository",
    sha256: "17b2fc1a443fed6460b5567d93264aa48b9c730b6fad4e9d53bd63621cd5ea9d",
    bytes: 58608,
    rows: 234,
  },
  {
    ...rapid,
    id: "solubility",
    file: "rapid2_solubility_mmol.csv",
    content: "50 measured solubilities of lead and amine iodides",
    origin: "darkreactions/rapid2, data/Solubility_Data_for_RAPID2 - mmol.csv",
    address:
      "https://raw.githubusercontent.com/darkreactions/rapid2/1469173667fb1fddb93568d69b1b279fed0eb102/data/Solubility_Data_for_RAPID2%20-%20mmol.csv",
    sha256: "744a8e9124ad306940ae2dbcfecf198b327dab0eaeaf4756095d5e03b3d56c95",
    bytes: 9517,
    rows: 50,
  },
  {
    ...olympus,
    id: "olympus",
    file: "olympus_vapdiff_crystal_data.csv",
    content: "918 vapour-diffusion crystallisations with an ordinal score, no header",
    origin: "aspuru-guzik-group/olympus, src/olympus/datasets/dataset_vapdiff_crystal/data.csv",
    address:
      "https://raw.githubusercontent.com/aspuru-guzik-group/olympus/cac2a8f4967402766bacd7be09586f3870d5264c/src/olympus/datasets/dataset_vapdiff_crystal/data.csv",
    sha256: "27fa19a45ace1538556c3869be71615486225fc80399a2c2dbafa0582a119a3a",
    bytes: 159648,
    rows: 918,
  },
  {
    ...olympus,
    id: "olympus-config",
    file: "olympus_vapdiff_crystal_config.json",
    content: "columns of the olympus table",
    origin: "aspuru-guzik-group/olympus, src/olympus/datasets/dataset_vapdiff_crystal/config.json",
    address:
      "https://raw.githubusercontent.com/aspuru-guzik-group/olympus/b0509ef446d4fc2149b09536fe56511d702930ba/src/olympus/datasets/dataset_vapdiff_crystal/config.json",
    sha256: "4907d43663c47481d8511dec43e25764cb5105180366cee6a85762e522d082c8",
    bytes: 3533,
    rows: 0,
  },
  {
    ...olympus,
    id: "olympus-description",
    file: "olympus_vapdiff_crystal_description.txt",
    content: "meaning of the olympus columns",
    origin: "aspuru-guzik-group/olympus, src/olympus/datasets/dataset_vapdiff_crystal/description.txt",
    address:
      "https://raw.githubusercontent.com/aspuru-guzik-group/olympus/cac2a8f4967402766bacd7be09586f3870d5264c/src/olympus/datasets/dataset_vapdiff_crystal/description.txt",
    sha256: "66a3106b79a24f1f01bb77c106eaebcbb794592aa6018e0abe9b4984b0146536",
    bytes: 925,
    rows: 0,
  },
];

/** Public tables that would help most and have no loader yet: a user who has one can add it. */
export const wantedTables: readonly { readonly content: string; readonly where: string }[] = [
  {
    content: "the multi-phase CsPbBr map of Dahl et al., JACS 2020, doi:10.1021/jacs.0c04997",
    where: "the Dryad deposit that the article names",
  },
  {
    content: "the 16-channel Cs-Pb-Br phase map of the University of Southern California",
    where: "the authors' repository",
  },
];

/** A table of the manifest by name. @throws RangeError if there is none */
export function realTable(id: string): RealTable {
  const found = realTables.find((table) => table.id === id);
  if (found === undefined)
    throw new RangeError(
      `realTable: the name must be one of ${realTables.map((table) => table.id).join(", ")}; got "${id}"`,
    );
  return found;
}
