import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism, hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const daemons = ["munged", "slurmctld", "slurmd"] as const;

/** Why no Slurm of one node can be started here; null where it can. */
export const withoutSlurm: string | null = lacking();

/** A Slurm of this machine alone, started for a test. */
export interface Slurm {
  /** For sbatch and its like. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stop: () => Promise<void>;
}

function lacking(): string | null {
  if (process.getuid?.() !== 0) return "only root may start its daemons";
  for (const daemon of [...daemons, "sbatch"])
    try {
      execFileSync("which", [daemon], { stdio: "ignore" });
    } catch {
      return `${daemon} is missing: apt-get install slurm-wlm munge`;
    }
  return null;
}

/**
 * Starts a Slurm whose files are all in a folder, and which nobody else sees. A processor takes several jobs, so that
 * tasks run at once on few.
 */
export async function startSlurm(folder: string): Promise<Slurm> {
  const at = (...parts: readonly string[]): string => join(folder, ...parts);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const one of ["state", "spool", "run"]) await mkdir(at(one), { recursive: true, mode: 0o700 });
  await writeFile(at("munge.key"), randomBytes(1024), { mode: 0o400 });
  const [host] = hostname().split(".");
  const port = 20_000 + (process.pid % 10_000);
  await writeFile(
    at("slurm.conf"),
    [
      "ClusterName=twin",
      `SlurmctldHost=${host}(127.0.0.1)`,
      "AuthType=auth/munge",
      `AuthInfo=socket=${at("run", "munge.sock")}`,
      "SlurmUser=root",
      "SlurmdUser=root",
      `SlurmctldPort=${port}`,
      `SlurmdPort=${port + 10_000}`,
      `StateSaveLocation=${at("state")}`,
      `SlurmdSpoolDir=${at("spool")}`,
      `SlurmctldPidFile=${at("run", "slurmctld.pid")}`,
      `SlurmdPidFile=${at("run", "slurmd.pid")}`,
      "ProctrackType=proctrack/linuxproc",
      "TaskPlugin=task/none",
      "SelectType=select/cons_tres",
      "SelectTypeParameters=CR_CPU",
      "SchedulerType=sched/builtin",
      "SchedulerParameters=batch_sched_delay=0,sched_min_interval=0",
      "MpiDefault=none",
      `NodeName=${host} NodeAddr=127.0.0.1 CPUs=${availableParallelism()} State=UNKNOWN`,
      "PartitionName=main Nodes=ALL Default=YES State=UP OverSubscribe=FORCE:4",
      "",
    ].join("\n"),
  );
  const env = { ...process.env, SLURM_CONF: at("slurm.conf") };
  const running: ChildProcess[] = [];
  const start = (command: string, ...args: readonly string[]): void => {
    running.push(spawn(command, args, { env, stdio: "ignore" }));
  };
  const stop = async (): Promise<void> => {
    for (const child of running.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await Promise.race([ended, setTimeout(5000).then(() => child.kill("SIGKILL"))]);
    }
  };
  start(
    "munged",
    ...["--foreground", "--force", `--key-file=${at("munge.key")}`, `--socket=${at("run", "munge.sock")}`],
    ...[`--pid-file=${at("run", "munged.pid")}`, `--log-file=${at("munged.log")}`, `--seed-file=${at("munge.seed")}`],
  );
  await setTimeout(1000);
  start("slurmctld", "-D", "-f", at("slurm.conf"), "-L", at("slurmctld.log"));
  await setTimeout(500);
  start("slurmd", "-D", "-f", at("slurm.conf"), "-N", host, "-L", at("slurmd.log"));
  for (const until = performance.now() + 30_000; performance.now() < until; await setTimeout(250))
    try {
      const states = execFileSync("sinfo", ["--noheader", "--format=%t"], { env, stdio: ["ignore", "pipe", "ignore"] });
      if (states.toString().trim() === "idle") return { env, stop };
    } catch {
      // It does not answer yet.
    }
  await stop();
  throw new Error(`no Slurm of one node came up; its logs are in ${folder}`);
}
