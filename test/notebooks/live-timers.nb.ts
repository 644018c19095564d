// %% [markdown]
// Timers that a cell leaves running do not hold up the end.

// %%
const timer = setInterval(() => undefined, 1000);
