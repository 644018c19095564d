// %% [markdown]
// A rejection that nobody handles fails the cell it comes from.

// %%
const started = Promise.reject(new RangeError("nobody awaits this"));

// %%
console.log("must not run");
