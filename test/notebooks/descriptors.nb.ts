// %% [markdown]
// What programs, and writes to descriptors 1 and 2, say stands in the cell, in order with what it prints itself.

// %%
import { execSync, spawn } from "node:child_process";
import { writeSync } from "node:fs";

console.log("before");
console.log("a program");
execSync("echo from a program", { stdio: "inherit" });
writeSync(1, "from descriptor 1\n");
console.log("after");
writeSync(2, "from descriptor 2\n");
console.error("to stderr");

// %%
// More than a pipe holds, while the cell waits for the program.
execSync("head -c 300000 /dev/zero | tr '\\0' x", { stdio: "inherit" });
const waited = true;

// %%
spawn("sh", ["-c", "sleep 0.2; echo late"], { stdio: "inherit" });
const started = true;

// %%
process.stdout.end("ended\n");
console.log("still heard");
