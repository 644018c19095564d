// %% [markdown]
// What runs in the background of a cell may be ended by a later one: a headless run goes on once what ran as the cell
// ended has ended, and does not wait for what follows on that. After the last cell it does.

// %%
let stop = false;
let turns = 0;
void (async () => {
  while (!stop && turns < 40) {
    turns++;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  console.log("ended");
})();

// %%
await new Promise((resolve) => setTimeout(resolve, 60));
stop = true;

// %%
await new Promise((resolve) => setTimeout(resolve, 1000));
console.log(turns < 40);

// %%
let left = 5;
void (async () => {
  while (left-- > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  console.log("the last of five");
})();
