// %% [markdown]
// 20,000 lines printed in one turn all arrive, in order, and so does what follows.

// %%
for (let line = 1; line <= 20_000; line++) console.log(`line ${line}`);

// %%
console.log("after");
