// %% [markdown]
// The last expression of a cell is its result: plain, as a table, or as the value itself says.

// %%
6 * 7;

// %%
const rows = [
  { solvent: "DMF", yield: 0.51 },
  { solvent: "<DMSO>", yield: 0.4 },
];
rows;

// %%
({
  [Symbol.for("Jupyter.display")]: () => ({ "text/markdown": "**own**", "text/plain": "own" }),
});

// %%
undefined;

// %%
setTimeout(() => undefined, 1);

// %%
new Map([["deep", { list: Array.from({ length: 3 }, (_, at) => at) }]]);
