// %% [markdown]
// `{ seed }` means the variable of an earlier cell, in objects and on the left of an assignment, also with `$` in its
// name; where a parameter or a local variable has the same name it means that one.

// %%
let seed = 1;
const $rate = 0.5;
const base$ = 10;

// %%
console.log(JSON.stringify({ seed, $rate, base$ }));

// %%
({ seed } = { seed: 2 });
console.log(seed);
({ seed = 3 } = {} as { seed?: number });
console.log(seed);

// %%
const shadowed = (seed: string): object => ({ seed });
const local = (): object => {
  const base$ = "local";
  return [1].map((seed) => ({ seed, base$ }))[0];
};
console.log(JSON.stringify([shadowed("parameter"), local(), { seed }]));
