// %% [markdown]
// process.exit fails the run, also where a cell would swallow what it throws.

// %%
try {
  process.exit(0);
} catch {
  console.log("swallowed");
}

// %%
console.log("must not run");
