// %% [markdown]
// Cells are checked strictly: what may be null cannot be used.

// %%
const found = [1, 2, 3].find((one) => one > 5);

// %%
const size = 1;
const doubled: number = found * 2;
