// %% [markdown]
// What a cell prints after it has ended stands in its own output: from timers, promises and programs that it started,
// however quick the cells behind it are.

// %%
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";

setTimeout(() => console.log("timer of cell 1"), 300);
void readFile("no-such-file").catch(() => console.log("file of cell 1"));
const step1 = 1;

// %%
const program = spawn(process.execPath, ["--eval", "setTimeout(() => console.log('program of cell 2'), 200)"]);
program.stdout.on("data", (text: Buffer) => console.log(text.toString().trim()));
const step2 = 2;

// %%
async function count(): Promise<void> {
  for (let turn = 1; turn <= 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(`turn ${turn} of cell 3`);
  }
}
void count();
const step3 = 3;

// %%
console.log("cell 4");
