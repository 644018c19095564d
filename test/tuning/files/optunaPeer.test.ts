import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parameterImportances } from "../../../src/tuning/parameterImportances.js";
import type { Choice, ParameterValues } from "../../../src/tuning/Parameter.js";
import { readOptunaJournal } from "../../../src/tuning/files/readOptunaJournal.js";
import type { StudyRecord } from "../../../src/tuning/files/StudyRecord.js";
import { writeOptunaJournal } from "../../../src/tuning/files/writeOptunaJournal.js";
import type { SearchSpace } from "../../../src/tuning/SearchSpace.js";
import { createStudy, type Study, type StudyHistory } from "../../../src/tuning/Study.js";
import type { Direction, Trial, TrialEnd } from "../../../src/tuning/Trial.js";
import { type OptunaCounts, optunaCountsVariable } from "../../../src/workspace/proofs/optunaProof.js";
import { pythonWith } from "../../support/pythonWith.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const root = await temporaryFolder();
const python = pythonWith(["optuna"]);
const script = join(import.meta.dirname, "..", "..", "..", "bench", "peers", "judge_optuna.py");
const skipped =
  python === null ? " (skipped: no Python with Optuna; see bench/peers/judge_optuna.requirements.txt)" : "";

/** A study that both programs have: here, and in judge_optuna.py. */
interface SharedStudy {
  readonly directions: readonly Direction[];
  readonly space: SearchSpace;
  readonly end: (values: ParameterValues, number: number) => TrialEnd;
}

const unit = { kind: "float", low: 0, high: 1 } as const;
const told = (...values: number[]): TrialEnd => ({ state: "complete", values });
const number = (values: ParameterValues, name: string): number => values[name] as number;

const shared: Readonly<Record<string, SharedStudy>> = {
  mixed: {
    directions: ["minimize"],
    space: {
      x: { kind: "float", low: -5, high: 5 },
      rate: { kind: "float", low: 1e-5, high: 1e-1, log: true },
      share: { ...unit, step: 0.3 },
      depth: { kind: "integer", low: 1, high: 4 },
      many: { kind: "integer", low: 0, high: 100, step: 7 },
      width: { kind: "integer", low: 16, high: 256, log: true },
      kind: { kind: "categorical", choices: ["a", true, null, 2.5] },
      momentum: { ...unit, when: { parameter: "kind", is: ["a"] } },
    },
    end: (p, trial) => {
      if (trial % 7 === 3) return { state: "pruned", reason: "planted" };
      if (trial % 11 === 5) return { state: "failed", reason: "planted" };
      const ratios = Math.abs(Math.log10(number(p, "rate")) + 3) + Math.abs(number(p, "width") - 64) / 100;
      const steps = number(p, "share") + number(p, "depth") / 10 + number(p, "many") / 100;
      const value = number(p, "x") ** 2 + ratios + steps + (p.kind === "a" ? number(p, "momentum") : 1);
      return { state: "complete", values: [value], constraints: { cost: number(p, "x") - 3 } };
    },
  },
  greatest: {
    directions: ["maximize"],
    space: { x: unit, y: unit },
    end: (p) => told(number(p, "x") - (number(p, "y") - 0.5) ** 2),
  },
  two: {
    directions: ["minimize", "maximize"],
    space: { x: unit, y: unit, z: { kind: "categorical", choices: ["p", "q"] } },
    end: (p) => {
      const [x, y] = [number(p, "x"), number(p, "y")];
      return told(x + 0.1 * y, 1 - x + y * y + (p.z === "p" ? 0.2 : 0));
    },
  },
};
const names = Object.keys(shared);

/** What judge_optuna.py says of a study. */
interface Seen {
  readonly directions: readonly Direction[];
  readonly best: readonly number[];
  readonly importances: Readonly<Record<string, number>>;
  readonly trials: readonly {
    readonly state: string;
    readonly parameters: Readonly<Record<string, Choice>>;
    readonly values: readonly number[];
    readonly steps: readonly (readonly [number, number | string])[];
    readonly constraints: Readonly<Record<string, number>>;
  }[];
}
type Report = Readonly<Record<string, { readonly before: Seen; readonly after: Seen }>>;

function optuna(what: "make" | "continue" | "judge", folder: string): Report {
  const report = join(root, "report.json");
  execFileSync(python!, [script, what, report, folder], { stdio: ["ignore", "ignore", "inherit"] });
  return (JSON.parse(readFileSync(report, "utf8")) as { readonly studies: Report }).studies;
}

/** A study after so many more trials. */
function carriedOn({ space, directions, end }: SharedStudy, more: number, history?: StudyHistory): Study {
  const study = createStudy({ seed: 5, space, directions, ...(history === undefined ? {} : { history }) });
  for (let done = 0; done < more; done++) {
    const trial = study.ask();
    if (Object.hasOwn(space, "momentum")) {
      trial.report(0, number(trial.parameters, "x"));
      trial.report(2, NaN);
    }
    study.tell(trial.number, end(trial.parameters, trial.number));
  }
  return study;
}

function recordOf(name: string, study: Study): StudyRecord {
  const trials = study.trials.map(({ number, parameters, outcome }) => ({ number, parameters, outcome }));
  return { name, directions: shared[name].directions, parameters: study.parameters(), trials };
}

const fileOf = (folder: string, name: string): string => join(folder, `${name}.log`);

function written(folder: string, record: StudyRecord): void {
  writeFileSync(fileOf(folder, record.name), writeOptunaJournal(record));
}

function readBack(folder: string, name: string): StudyRecord {
  const { study, warnings } = readOptunaJournal(readFileSync(fileOf(folder, name), "utf8"), fileOf(folder, name));
  expect(warnings).toEqual([]);
  return study;
}

type Mutable = { -readonly [name in keyof OptunaCounts]: OptunaCounts[name] };
const counts: Record<string, OptunaCounts> = {};

function noCounts(): Mutable {
  const none = { read: 0, checked: 0, different: 0, bestDifferent: 0 };
  return { ...none, importances: 0, importance: 0, added: 0, lost: 0 };
}

/** Counts how far a study of ours and what Optuna has of it are apart. */
function compare(count: Mutable, record: StudyRecord, seen: Seen): void {
  const { directions, trials } = record;
  const study = createStudy({ seed: 1, directions, history: record });
  const best = directions.length === 1 ? [study.best()?.number] : study.front().map((trial) => trial.number);
  count.read++;
  count.bestDifferent += Number(JSON.stringify(best) !== JSON.stringify(seen.best));
  count.checked += Math.max(trials.length, seen.trials.length);
  count.different += Math.abs(trials.length - seen.trials.length);
  trials.slice(0, seen.trials.length).forEach((trial, at) => {
    count.different += Number(!isSame(trial, seen.trials[at]));
  });
  const shares = parameterImportances(record);
  expect(shares.map(({ name }) => name).sort()).toEqual(Object.keys(seen.importances).sort());
  for (const { name, share } of shares) {
    count.importances++;
    count.importance = Math.max(count.importance, Math.abs(share - seen.importances[name]));
  }
}

function isSame({ parameters, outcome }: Trial, other: Seen["trials"][number]): boolean {
  const { state, values, steps, constraints } = outcome!;
  const ordered = (values: Readonly<Record<string, unknown>>): unknown => Object.entries(values).sort();
  const ours = [
    state,
    ordered(parameters),
    values,
    steps.map(({ step, value }) => [step, Number.isFinite(value) ? value : String(value).toLowerCase()]),
    ordered(constraints),
  ];
  const theirs = [other.state, ordered(other.parameters), other.values, other.steps, ordered(other.constraints)];
  return JSON.stringify(ours) === JSON.stringify(theirs);
}

afterAll(() => {
  const report = process.env[optunaCountsVariable];
  if (report === undefined) return;
  mkdirSync(dirname(report), { recursive: true });
  writeFileSync(report, JSON.stringify(counts));
});

const whole = { different: 0, bestDifferent: 0, lost: 0 };

describe("a study as a journal", () => {
  it.skipIf(python === null)(
    `goes to Optuna and comes back continued, and goes on here${skipped}`,
    () => {
      const count = (counts.ours = noCounts());
      const folder = join(root, "ours");
      mkdirSync(folder);
      const first = Object.fromEntries(names.map((name) => [name, recordOf(name, carriedOn(shared[name], 40))]));
      for (const name of names) written(folder, first[name]);
      const there = optuna("continue", folder);
      for (const name of names) {
        compare(count, first[name], there[name].before);
        const back = readBack(folder, name);
        compare(count, back, there[name].after);
        count.added += 10;
        count.lost += 50 - back.trials.length;
        expect(back.trials.slice(0, 40)).toEqual(first[name].trials);
        written(folder, recordOf(name, carriedOn(shared[name], 10, back)));
      }
      const again = optuna("judge", folder);
      for (const name of names) {
        compare(count, readBack(folder, name), again[name].after);
        count.added += 10;
        count.lost += 60 - again[name].after.trials.length;
      }
      expect(count).toMatchObject({ ...whole, read: 9, checked: 3 * (40 + 50 + 60), added: 60 });
      expect(count.importance).toBeLessThan(1e-9);
    },
    120_000,
  );

  it.skipIf(python === null)(
    `comes from Optuna, goes on here, and goes back${skipped}`,
    () => {
      const count = (counts.theirs = noCounts());
      const folder = join(root, "theirs");
      mkdirSync(folder);
      const made = optuna("make", folder);
      for (const name of names) {
        const read = readBack(folder, name);
        compare(count, read, made[name].after);
        written(folder, recordOf(name, carriedOn(shared[name], 10, read)));
      }
      const there = optuna("continue", folder);
      for (const name of names) {
        const { before, after } = there[name];
        count.added += 20;
        count.lost += 60 - after.trials.length;
        expect(before.trials.slice(0, 40)).toEqual(made[name].after.trials);
        compare(count, readBack(folder, name), after);
      }
      expect(count).toMatchObject({ ...whole, read: 6, checked: 3 * (40 + 60), added: 60 });
      expect(count.importance).toBeLessThan(1e-9);
    },
    120_000,
  );
});
