import type * as TypeScript from "typescript";
import { InputError } from "../../core/InputError.js";
import { loadTypescript } from "../kernel/loadTypescript.js";
import { tagsOf, type Cell, type CodeCell, type Notebook } from "./Notebook.js";

/** What a parameter of a notebook may be. */
export type ParameterValue = string | number | boolean | null;

/** Values by the names of parameters. */
export type NotebookParameters = Readonly<Record<string, ParameterValue>>;

/**
 * A notebook with other values for its parameters, as papermill makes it: a cell tagged `injected-parameters` stands
 * behind the cell tagged `parameters`, or first where there is none; one that is there already is replaced. The values
 * are noted in the metadata of the notebook, under `papermill`.
 *
 * The cell declares the parameters anew: cells share one scope, in which the last declaration of a name counts. It
 * takes over the word (`const`, `let`) and the type of the first declaration, so that later cells mean what they meant.
 *
 * papermill warns of a parameter that the notebook does not have, and runs; here it is an error, as a misspelt name
 * would otherwise give the usual result under another title.
 *
 * @param where  file name for messages
 * @throws InputError naming a parameter that the cell does not declare, or, where no cell is tagged, one that a cell
 *   would declare over the given value
 */
export function injectParameters(notebook: Notebook, parameters: NotebookParameters, where: string): Notebook {
  const { cells, metadata = {} } = notebook;
  const isTagged = (tag: string) => (cell: Cell) => cell.cell_type === "code" && tagsOf(cell).includes(tag);
  const usual = cells.findIndex(isTagged("parameters"));
  const standing = cells.findIndex(isTagged("injected-parameters"));
  const declared = declarations(usual === -1 ? [] : [cells[usual]]);
  for (const name of Object.keys(parameters)) requireKnown(name, usual === -1 ? null : declared, { cells, where });

  const lines = Object.entries(parameters).map(([name, value]) => {
    const { keyword, type } = declared.get(name) ?? { keyword: "const", type: null };
    return `${keyword} ${name}${type === null ? "" : `: ${type}`} = ${literal(value)};\n`;
  });
  const tags = ["injected-parameters"];
  const before = standing === -1 ? { ...fresh(cells), metadata: { tags } } : cells[standing];
  const injected: CodeCell = {
    ...before,
    cell_type: "code",
    source: `// Parameters\n${lines.join("")}`,
    execution_count: null,
    outputs: [],
  };
  const noted = { ...(metadata["papermill"] as object | undefined), parameters };
  return {
    ...notebook,
    metadata: { ...metadata, papermill: noted },
    cells: standing === -1 ? cells.toSpliced(usual + 1, 0, injected) : cells.with(standing, injected),
  };
}

/** With an id that no other cell has. */
function fresh(cells: readonly Cell[]): { readonly id: string } {
  const ids = new Set(cells.map(({ id }) => id));
  let id = "injected-parameters";
  for (let count = 1; ids.has(id); count++) id = `injected-parameters-${count}`;
  return { id };
}

function requireKnown(
  name: string,
  declared: ReadonlyMap<string, Declaration> | null,
  { cells, where }: { readonly cells: readonly Cell[]; readonly where: string },
): void {
  if (declared === null && declarations(cells).has(name))
    throw new InputError({
      where,
      must: "a parameter must be declared in a cell tagged `parameters`",
      got: `"${name}", which another cell declares`,
      mend: "tag that cell, so that the value is given behind it",
    });
  if (declared === null || declared.has(name)) return;
  throw new InputError({
    where,
    must: `a parameter must be one of ${[...declared.keys()].join(", ") || "none, as the tagged cell declares none"}`,
    got: `"${name}"`,
    mend: "declare it in the cell tagged `parameters`, or correct the name",
  });
}

interface Declaration {
  readonly keyword: "const" | "let" | "var";
  /** As the author wrote it; null where it is inferred. */
  readonly type: string | null;
}

/** Variables that cells declare at their top. */
function declarations(cells: readonly Cell[]): ReadonlyMap<string, Declaration> {
  const ts = loadTypescript();
  const found = new Map<string, Declaration>();
  const collect = (name: TypeScript.BindingName, declaration: Declaration): void => {
    if (ts.isIdentifier(name)) found.set(name.text, declaration);
    else
      for (const element of name.elements)
        if (ts.isBindingElement(element)) collect(element.name, { ...declaration, type: null });
  };
  for (const { cell_type, source } of cells) {
    if (cell_type !== "code") continue;
    const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext);
    for (const statement of file.statements.filter(ts.isVariableStatement)) {
      const { flags, declarations: list } = statement.declarationList;
      const keyword = flags & ts.NodeFlags.Const ? "const" : flags & ts.NodeFlags.Let ? "let" : "var";
      for (const { name, type } of list) collect(name, { keyword, type: type?.getText(file) ?? null });
    }
  }
  return found;
}

function literal(value: ParameterValue): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
