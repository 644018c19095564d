// %% [markdown]
// Where nobody can be asked, reading input fails at once and by name.

// %%
import { createInterface } from "node:readline/promises";

const lines = createInterface({ input: process.stdin, output: process.stdout });
console.log(await lines.question("name? "));
