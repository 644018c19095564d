// %% [markdown]
// Cells import the package by its own name, with its types, at run time and in the compiler.

// %%
import { InputError, progressBar } from "cspbbr3-twin";
import type { Table } from "cspbbr3-twin";

// %%
const error = new InputError({ where: "a.csv", must: "must be a table", got: "a poem", mend: "send a table" });
const rows: Table["numRows"] = 3;
console.log(error.message, rows);

// %%
progressBar("refused inside the package", 0);
