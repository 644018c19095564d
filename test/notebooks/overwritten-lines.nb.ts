// %% [markdown]
// Lines that overwrite themselves are saved as they stand in the end, and cleared outputs are gone.

// %%
import { clearOutput } from "cspbbr3-twin";

for (const share of [10, 50, 100]) process.stdout.write(`\r${share} %`);
console.log("\ndone");

// %%
console.log("first");
clearOutput();
console.log("second");
clearOutput({ wait: true });
console.log("third");

// %%
console.log("kept");
clearOutput({ wait: true });
