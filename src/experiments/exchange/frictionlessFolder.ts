import { columnNames } from "../../core/columnNames.js";
import { sha256 } from "../../io/sha256.js";
import { csvBytes } from "../../io/tables/csvBytes.js";
import type { ExchangeFolder, ExchangeTable } from "./ExchangeTable.js";
import { frictionlessField } from "./frictionlessField.js";
import { licenceFiles } from "./licenceFiles.js";
import { repositoryAddress } from "./repositoryAddress.js";

/** Name of the description in its folder. */
export const frictionlessName = "datapackage.json";

/** A table as a Frictionless Data Package: its CSV, and units, ranges, meanings, licence and sources beside it. */
export async function frictionlessFolder(exchange: ExchangeTable): Promise<ExchangeFolder> {
  const { name, content, table, licence, origin, citation, assumptions } = exchange;
  const path = `${name}.csv`;
  const csv = await csvBytes(table, { where: path });
  const address = repositoryAddress(origin);
  const description = {
    profile: "tabular-data-package",
    name,
    title: content,
    ...(assumptions.length === 0 ? {} : { description: assumptions.join(" ") }),
    licenses: [{ name: licence, path: "LICENCE.txt" }],
    ...(origin === null
      ? {}
      : { sources: [{ title: `${origin}; ${citation}`, ...(address === null ? {} : { path: address }) }] }),
    resources: [
      {
        profile: "tabular-data-resource",
        name,
        path,
        title: content,
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        dialect: { delimiter: ",", lineTerminator: "\n", quoteChar: '"', doubleQuote: true, header: true },
        bytes: csv.byteLength,
        hash: `sha256:${sha256(csv)}`,
        schema: {
          fields: columnNames(table.schema).map((column) => frictionlessField(column, table.schema[column])),
          missingValues: [""],
        },
      },
    ],
  };
  return {
    files: {
      [frictionlessName]: `${JSON.stringify(description, null, 2)}\n`,
      [path]: csv,
      ...licenceFiles(exchange),
    },
    notHeld: [],
  };
}
