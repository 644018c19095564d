// %% [markdown]
// What a timer throws while a later cell runs fails that cell at once, though it would wait for ever.

// %%
const later = { waits: false };
const timer = setInterval(() => {
  if (!later.waits) return;
  clearInterval(timer);
  throw new Error("thrown late");
}, 10);

// %%
later.waits = true;
await new Promise(() => undefined);
