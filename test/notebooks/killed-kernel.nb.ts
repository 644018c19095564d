// %% [markdown]
// A kernel that dies is told as such.

// %%
console.log("alive");
await new Promise((resolve) => setTimeout(resolve, 50));

// %%
process.kill(process.pid, "SIGKILL");
