// %% [markdown]
// What a timer throws after the last cell has ended fails the run.

// %%
const timer = setTimeout(() => {
  throw new Error("thrown after the end");
}, 50);
