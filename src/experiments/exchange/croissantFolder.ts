import { columnNames } from "../../core/columnNames.js";
import type { Field } from "../../core/Schema.js";
import { sha256 } from "../../io/sha256.js";
import { csvBytes } from "../../io/tables/csvBytes.js";
import { croissantVariable } from "./croissantVariable.js";
import type { ExchangeFolder, ExchangeTable } from "./ExchangeTable.js";
import { licenceFiles } from "./licenceFiles.js";
import { repositoryAddress } from "./repositoryAddress.js";

/** Name of the description in its folder. */
export const croissantName = "croissant.json";

/** As Croissant 1.0 writes it down. */
const context = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileProperty: "cr:fileProperty",
  fileObject: "cr:fileObject",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
};

/** A table as an ML Commons Croissant 1.0 dataset: its CSV, and what describes file, records and columns beside it. */
export async function croissantFolder(exchange: ExchangeTable): Promise<ExchangeFolder> {
  const { name, content, table, licence, origin, citation, assumptions } = exchange;
  const file = `${name}.csv`;
  const csv = await csvBytes(table, { where: file });
  const address = repositoryAddress(origin);
  const columns = columnNames(table.schema).map((column) => [column, table.schema[column]] as const);
  const description = {
    "@context": context,
    "@type": "sc:Dataset",
    name,
    description: [content, ...assumptions].join(" "),
    conformsTo: "http://mlcommons.org/croissant/1.0",
    license: `https://spdx.org/licenses/${licence}`,
    ...(address === null ? {} : { url: address }),
    ...(citation === null ? {} : { citeAs: citation }),
    ...(origin === null ? {} : { isBasedOn: origin }),
    distribution: [
      {
        "@type": "cr:FileObject",
        "@id": file,
        name: file,
        contentUrl: file,
        contentSize: `${csv.byteLength} B`,
        encodingFormat: "text/csv",
        sha256: sha256(csv),
      },
    ],
    recordSet: [
      {
        "@type": "cr:RecordSet",
        "@id": name,
        name,
        field: columns.map(([column, field]) => ({
          "@type": "cr:Field",
          "@id": `${name}/${column}`,
          name: `${name}/${column}`,
          description: inWords(field),
          dataType: field.kind === "number" ? "sc:Float" : "sc:Text",
          source: { fileObject: { "@id": file }, extract: { column } },
        })),
      },
    ],
    variableMeasured: columns.map(([column, field]) => croissantVariable(column, field)),
  };
  return {
    files: { [croissantName]: `${JSON.stringify(description, null, 2)}\n`, [file]: csv, ...licenceFiles(exchange) },
    notHeld: [],
  };
}

/** What a column is, with its unit and its range. */
function inWords({ kind, unit, meaning, min, max, levels }: Field): string {
  const parts = [
    ...(meaning === "" ? [] : [meaning]),
    ...(kind === "number" ? [`unit: ${unit === "" ? "not told" : unit}`] : []),
    ...(min === undefined && max === undefined ? [] : [`range: ${min ?? "-∞"} to ${max ?? "∞"}`]),
    ...(levels === undefined ? [] : [`one of: ${levels.join(", ")}`]),
  ];
  return parts.length === 0 ? "not described" : parts.join("; ");
}
