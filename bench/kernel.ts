import { loadavg } from "node:os";
import { projectPath } from "../src/io/projectPath.js";
import { startKernel } from "../src/workspace/kernel/KernelClient.js";
import { peerPython, runPython } from "../test/support/pythonPeers.js";

// Our kernel against ipykernel, both through nbclient in the same run: what a front end waits for, and memory; and a
// loop over variables of the notebook against the same loop in a function.
//
// The peer needs a Python with the packages of test/workspace/kernel/requirements.txt (see there). Bars hold on two
// quiet cores; the load stands beside the numbers.

const runs = 5;
const width = 46;

const bars = {
  start: { most: 1.2, unit: "s", what: "start to the end of the first cell" },
  cells: { most: 1.0, unit: "s", what: "60 trivial cells after it" },
  import: { most: 0.7, unit: "s", what: "first import of the package" },
  megabytes: { most: 150, unit: "MB", what: "memory after the first cell" },
  megabytesAfterImport: { most: Infinity, unit: "MB", what: "memory after the import" },
} as const;

type Measured = Readonly<Record<string, readonly Readonly<Record<keyof typeof bars, number>>[]>>;

async function main(): Promise<void> {
  console.log(`kernels through nbclient, medians of ${runs} runs; load ${loadavg()[0].toFixed(2)}`);
  await throughNbclient();
  await loops();
  console.log(`load at the end ${loadavg()[0].toFixed(2)}`);
}

async function throughNbclient(): Promise<void> {
  if (peerPython === null) return console.log("  THE PEER IS MISSING: there is no ratio to ipykernel.");
  const driver = projectPath("bench", "peers", "kernel_through_nbclient.py");
  const { code, stdout, stderr } = await runPython([driver, "--runs", String(runs)]);
  if (code !== 0) throw new Error(stderr);
  const { "cspbbr3-twin": ours, python3: theirs } = JSON.parse(stdout) as Measured;
  for (const name of Object.keys(bars) as (keyof typeof bars)[]) {
    const { most, unit, what } = bars[name];
    const [own, peer] = [ours, theirs].map((measured) => median(measured.map((one) => one[name])));
    const ratio = `ipykernel ${peer.toFixed(2)} ${unit}, ${(own / peer).toFixed(2)} x`;
    console.log(`${`  ${what}`.padEnd(width)} ours ${own.toFixed(2)} ${unit}   ${ratio}${verdict(own, most, unit)}`);
  }
}

/** Names of the loop: variables of an earlier cell, of the same cell, and of a function. */
const body = "for (let index = 0; index < 1e7; index++) {\n  sum += index % step;\n  step = (step % 7) + 1;\n}";
const timed = (loop: string): string =>
  `{\nconst begun = performance.now();\n${loop}\nconsole.log(performance.now() - begun);\n}`;

async function loops(): Promise<void> {
  const kernel = await startKernel({ directory: projectPath() });
  try {
    const seconds = async (code: string): Promise<number> => {
      const measured: number[] = [];
      for (let run = 0; run < runs; run++) {
        let printed = "";
        const { error } = await kernel.execute(code, {
          onOutput: (output) => (printed += output.type === "stream" ? output.text : ""),
        });
        if (error !== null) throw new Error(`${error.ename}: ${error.evalue}`);
        measured.push(Number.parseFloat(printed) / 1000);
      }
      return median(measured);
    };
    await kernel.execute("let sum = 0;\nlet step = 1;");
    const inFunction = await seconds(
      `function looped(): number {\nlet sum = 0;\nlet step = 1;\n${body}\nreturn sum;\n}\n${timed("looped();")}`,
    );
    const earlier = await seconds(timed(body));
    const own = await seconds(`let sum = 0;\nlet step = 1;\n${timed(body)}`);
    console.log(`  a loop of 10^7 in a function: ${inFunction.toFixed(3)} s`);
    for (const [what, took] of [
      ["the same over variables of an earlier cell", earlier],
      ["the same over variables of its own cell", own],
    ] as const) {
      const ratio = took / inFunction;
      console.log(`${`  ${what}`.padEnd(width)} ${took.toFixed(3)} s   ${ratio.toFixed(2)} x${verdict(ratio, 2, "x")}`);
    }
  } finally {
    await kernel.shutdown();
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function verdict(value: number, most: number, unit: string): string {
  return most === Infinity ? "" : ` (bar <= ${most} ${unit}: ${value <= most ? "met" : "MISSED"})`;
}

await main();
