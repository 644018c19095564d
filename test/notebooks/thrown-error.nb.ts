// %% [markdown]
// A thrown error names itself, its message, and the lines of the cells as they are written.

// %%
interface Vial {
  readonly volume: number;
}

function empty(vial: Vial): never {
  throw new RangeError(`cannot empty ${vial.volume} mL`, { cause: new Error("the valve is shut") });
}

// %%
const vial: Vial = { volume: 5 };

empty(vial);

// %%
console.log("must not run");
