// %% [markdown]
// A cell that never ends is stopped by its time limit; what it printed before is kept.

// %%
console.log("before the loop");
for (;;) {
  // Nothing ends this.
}
