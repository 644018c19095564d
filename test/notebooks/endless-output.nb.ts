// %% [markdown]
// A timer that never ends: what it prints after its cell is left out, in words that are always the same.

// %%
setInterval(() => console.log("again"), 30);
console.log("begun");

// %%
await new Promise((resolve) => setTimeout(resolve, 100));
console.log("cell 2");
