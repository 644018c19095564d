// %% [markdown]
// What a timer throws while a later cell runs fails that cell at once, though it would wait for ever.

// %%
const timer = setTimeout(() => {
  throw new Error("thrown late");
}, 30);

// %%
await new Promise(() => undefined);
