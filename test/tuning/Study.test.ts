import { describe, expect, it } from "vitest";
import { gaussianSurrogate } from "../../src/training/baselines/gaussian/gaussianSurrogate.js";
import { gaussianSampler } from "../../src/tuning/samplers/gaussianSampler.js";
import { sobolSampler } from "../../src/tuning/samplers/sobolSampler.js";
import { tpeSampler } from "../../src/tuning/samplers/tpeSampler.js";
import { openTrial, type TrialView } from "../../src/tuning/openTrial.js";
import { type AskedTrial, createStudy, type Study } from "../../src/tuning/Study.js";
import type { SearchSpace } from "../../src/tuning/SearchSpace.js";
import type { Trial, TrialEnd } from "../../src/tuning/Trial.js";

const unit: SearchSpace = { x: { kind: "float", low: 0, high: 1 } };

const space: SearchSpace = {
  x: { kind: "float", low: -5, high: 5 },
  kind: { kind: "categorical", choices: ["a", "b"] },
  depth: { kind: "integer", low: 1, high: 8, when: { parameter: "kind", is: ["b"] } },
};

function worth({ x, kind, depth }: Trial["parameters"]): number {
  return (x as number) ** 2 + (kind === "b" ? 0.1 * (depth as number) : 1);
}

/** Ends trials as soon as the window lets the next come, or all that run together, the newest first. */
function carriedOut(study: Study, trials: number, workers: number): readonly Trial[] {
  while (study.trials.length < trials || study.trials.some(({ outcome }) => outcome === null)) {
    const running = study.trials.filter(({ outcome }) => outcome === null);
    if (study.trials.length < trials && running.length < workers && study.canAsk()) {
      study.ask();
      continue;
    }
    const { number, parameters } = running[workers > 1 ? running.length - 1 : 0];
    study.tell(number, { state: "complete", values: [worth(parameters)] });
  }
  return study.trials;
}

describe("createStudy", () => {
  it("proposes the same trials whatever the number of workers and whoever ends first", () => {
    const of = (workers: number): unknown =>
      carriedOut(createStudy({ seed: 4, space, window: 3 }), 40, workers).map(({ parameters, outcome }) => [
        parameters,
        outcome,
      ]);
    const alone = of(1);
    expect(of(2)).toEqual(alone);
    expect(of(4)).toEqual(alone);
    expect(carriedOut(createStudy({ seed: 5, space, window: 3 }), 40, 1)).not.toEqual(alone);
  });

  it("proposes by nothing that a trial within the window found", () => {
    const told = (value: number): unknown => {
      const study = createStudy({ seed: 4, space, window: 2, sampler: tpeSampler({ startup: 2 }) });
      for (let number = 0; number < 12; number++) {
        const { parameters } = study.ask();
        study.tell(number, { state: "complete", values: [number < 10 ? worth(parameters) : value] });
      }
      return study.ask().parameters;
    };
    expect(told(1000)).toEqual(told(-1000));
  });

  it("waits for trials before the window, and says for which", () => {
    const study = createStudy({ seed: 1, space, window: 1 });
    study.ask();
    study.ask();
    expect(study.canAsk()).toBe(false);
    expect(() => study.ask()).toThrow("trials before 1 must have ended; trial 0 has not; tell its outcome");
    study.tell(0, { state: "failed", reason: "killed" });
    expect(study.canAsk()).toBe(true);
  });

  it("has a parameter where its condition holds, and nowhere else", () => {
    for (const { parameters } of carriedOut(createStudy({ seed: 2, space }), 40, 1))
      expect(Object.hasOwn(parameters, "depth")).toBe(parameters.kind === "b");
  });

  it("takes parameters that are named as a trial goes, and proposes them alike at any pace", () => {
    const of = (window: number, workers: number): unknown => {
      const study = createStudy({ seed: 9, window });
      const asked: ReturnType<Study["ask"]>[] = [];
      for (let done = 0; done < 30;) {
        if (asked.length < 30 && asked.length - done < workers && study.canAsk()) asked.push(study.ask());
        else {
          const trial = asked[done];
          const x = trial.suggest("x", { kind: "float", low: -5, high: 5 }) as number;
          expect(trial.suggest("x", { kind: "float", low: -5, high: 5 })).toBe(x);
          study.tell(done++, { state: "complete", values: [x * x] });
        }
      }
      return study.trials.map(({ parameters }) => parameters);
    };
    expect(of(3, 4)).toEqual(of(3, 1));
  });

  it("refuses a name that comes as another parameter", () => {
    const study = createStudy({ seed: 1 });
    study.ask().suggest("x", { kind: "float", low: 0, high: 1 });
    study.tell(0, { state: "failed", reason: "no" });
    expect(() => study.ask().suggest("x", { kind: "float", low: 0, high: 2 })).toThrow(
      /trial 1, parameter x: must be what it was in trials before; got .*"high":2.*; it was .*"high":1/,
    );
  });

  it("counts what is no finite number as a failure, and goes on", () => {
    const study = createStudy({ seed: 1, space });
    for (const value of [NaN, Infinity, 3]) study.tell(study.ask().number, { state: "complete", values: [value] });
    expect(study.trials.map(({ outcome }) => outcome?.state)).toEqual(["failed", "failed", "complete"]);
    expect(study.trials[0].outcome?.reason).toBe("objectives and constraints must be finite numbers; got NaN");
    expect(study.best()?.number).toBe(2);
  });

  it("tells an end once", () => {
    const study = createStudy({ seed: 1, space });
    study.ask();
    study.tell(0, { state: "pruned", reason: "slow" });
    expect(() => {
      study.tell(0, { state: "pruned", reason: "slow" });
    }).toThrow("trial 0 must run; it is pruned already");
    expect(() => {
      study.tell(1, { state: "pruned", reason: "slow" });
    }).toThrow("trial 1 must have been asked for; 1 were");
  });

  it("keeps steps in their order", () => {
    const trial = createStudy({ seed: 1, space }).ask();
    trial.report(3, 1);
    expect(() => trial.report(3, 1)).toThrow("trial 0: a step must be a whole number above 3; got 3");
    expect(() => trial.report(4.5, 1)).toThrow("got 4.5");
  });

  it("has as its best the best of those that kept every constraint", () => {
    const study = createStudy({ seed: 1, space, directions: ["maximize"] });
    const ends = [
      { values: [9], constraints: { cost: 0.1 } },
      { values: [5], constraints: { cost: 0 } },
      { values: [7], constraints: { cost: -1 } },
    ];
    expect(study.best()).toBeNull();
    for (const end of ends) study.tell(study.ask().number, { state: "complete", ...end });
    expect(study.best()?.number).toBe(2);
  });

  it.each([
    [{ window: -1 }, /the window must be a whole number, at least 0; got -1/],
    [{ directions: [] }, /there must be at least one objective/],
    [
      { directions: ["minimize" as const, "minimize" as const], sampler: gaussianSampler({ fit: gaussianSurrogate }) },
      /the sampler "gaussian process" must be given at most 1 objective; got 2/,
    ],
  ])("refuses %o", (options, message) => {
    expect(() => createStudy({ seed: 1, space, ...options })).toThrow(message);
  });

  it("goes on from trials that ended elsewhere, to the same proposals", () => {
    const value = (x: number): number => (x - 0.3) ** 2;
    const whole = createStudy({ seed: 4, space: unit, window: 2 });
    for (let number = 0; number < 30; number++)
      whole.tell(whole.ask().number, {
        state: "complete",
        values: [value(whole.trials[number].parameters.x as number)],
      });
    const resumed = createStudy({ seed: 4, space: unit, window: 2 });
    for (const trial of whole.trials.slice(0, 20)) {
      resumed.ask();
      resumed.restore(trial);
    }
    for (let number = 20; number < 30; number++)
      resumed.tell(resumed.ask().number, {
        state: "complete",
        values: [value(resumed.trials[number].parameters.x as number)],
      });
    expect(resumed.trials.map(({ parameters, outcome }) => ({ parameters, outcome }))).toEqual(
      whole.trials.map(({ parameters, outcome }) => ({ parameters, outcome })),
    );
  });

  it("refuses a trial whose values are not those that it proposes", () => {
    const study = createStudy({ seed: 4, space: unit });
    study.ask();
    const outcome = { state: "complete", values: [1], steps: [], constraints: {}, reason: null } as const;
    expect(() => {
      study.restore({ number: 0, parameters: { x: 0.5 }, outcome });
    }).toThrow(/trial 0 of a study: must have the values that its seed, window and sampler propose; got {"x":0.5}/);
  });

  it("opens a trial from plain data to the values that it has here, suggested ones too", () => {
    const study = createStudy({ seed: 9, window: 3, sampler: tpeSampler({ startup: 4 }) });
    const named = ({ suggest }: Pick<AskedTrial, "suggest">): unknown => [
      suggest("x", { kind: "float", low: 0, high: 1 }),
      suggest("kind", { kind: "categorical", choices: ["a", "b"] }),
    ];
    for (let number = 0; number < 20; number++) {
      const asked = study.ask();
      const view = JSON.parse(JSON.stringify(study.viewOf(number))) as TrialView;
      const elsewhere = openTrial({ seed: 9, directions: ["minimize"], sampler: tpeSampler({ startup: 4 }) }, view);
      expect(named(elsewhere)).toEqual(named(asked));
      study.tell(number, { state: "complete", values: [asked.parameters.x as number] });
    }
    expect(Object.keys(study.parameters())).toEqual(["x", "kind"]);
  });

  it("goes on from the trials of another program, which count as its first ones", () => {
    const outcome = { state: "complete", values: [1], steps: [], constraints: {}, reason: null } as const;
    const history = { parameters: { x: unit.x }, trials: [{ number: 0, parameters: { x: 0.25 }, outcome }] };
    const study = createStudy({ seed: 1, space: unit, history });
    expect(study.ask().number).toBe(1);
    expect(study.best()?.parameters).toEqual({ x: 0.25 });
    expect(() => createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 2 } }, history })).toThrow(
      /trials to go on from must be of the same space; got parameter x/,
    );
    expect(() =>
      createStudy({ seed: 1, history: { ...history, trials: [{ ...history.trials[0], number: 3 }] } }),
    ).toThrow(/must have ended, be numbered from 0 on/);
  });

  it("keeps the steps of an outcome as they were when it ended", () => {
    const study = createStudy({ seed: 1, space: unit });
    const { report } = study.ask();
    report(1, 5);
    study.tell(0, { state: "failed", reason: "it took longer than 30 ms" });
    report(2, 6);
    expect(study.trials[0].outcome?.steps).toEqual([{ step: 1, value: 5 }]);
  });

  // What an objective wrote into its values was kept, and the study could not be gone on with.
  it("keeps what was proposed, whatever an objective does to its values and parameters", () => {
    const study = createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 1 } } });
    const { parameters } = study.ask();
    expect(() => ((parameters as Record<string, unknown>).x = 5)).toThrow(/read only/);
    const free = createStudy({ seed: 1 });
    const trial = free.ask();
    const own = { kind: "float" as const, low: 0, high: 1 };
    const value = trial.suggest("x", own);
    own.high = 7;
    expect(() => ((trial.parameters as Record<string, unknown>).x = 5)).toThrow(/read only/);
    expect(trial.parameters).toEqual({ x: value });
    expect(trial.named).toEqual({ x: { kind: "float", low: 0, high: 1 } });
  });

  it("refuses to suggest what its space has not, or has otherwise, and reports that are no number", () => {
    const study = createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 1 } } });
    const trial = study.ask();
    expect(trial.suggest("x", { kind: "float", low: 0, high: 1 })).toBe(trial.parameters.x);
    expect(() => trial.suggest("y", { kind: "float", low: 0, high: 1 })).toThrow(/must be one that the space/);
    expect(() => trial.suggest("x", { kind: "integer", low: 0, high: 1 })).toThrow(/must be what it was/);
    expect(() => trial.report(1, "0.5" as unknown as number)).toThrow(/must be a number; got "0.5"/);
    expect(() => createStudy({ seed: 1 }).ask().suggest("constructor", { kind: "float", low: 0, high: 1 })).toThrow(
      /its name must be a text that an object can have as a key/,
    );
  });

  // `known[name] ??= parameter` found what every object has of itself.
  it("learns parameters whose names every object has of itself", () => {
    const study = createStudy({ seed: 1 });
    for (let number = 0; number < 3; number++) {
      const value = study.ask().suggest("toString", { kind: "float", low: 0, high: 1 });
      study.tell(number, { state: "complete", values: [Number(value)] });
    }
    expect(study.parameters()).toEqual({ toString: { kind: "float", low: 0, high: 1 } });
  });

  // Kept by such a name, a constraint was not read again, and the study was lost.
  it("fails a trial with a constraint whose name an object has of itself", () => {
    const study = createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 1 } } });
    study.tell(study.ask().number, { state: "complete", values: [1], constraints: { constructor: 0 } } as never);
    expect(study.trials[0].outcome?.reason).toMatch(/constraints must have names .* got constructor/);
  });

  // The variance of such values was infinite: a Gaussian process could not be fitted, nor a page drawn.
  it("fails a trial whose value is too great to be squared", () => {
    const study = createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 1 } } });
    study.tell(study.ask().number, { state: "complete", values: [-1.7e308] });
    expect(study.trials[0].outcome?.reason).toBe(
      "objectives and constraints must be finite numbers, within 1e+150 of 0; got -1.7e+308",
    );
  });

  // It was learned here, and by no process that read the trial again: later proposals differed.
  it("does not learn a parameter that the sampler refused", () => {
    const study = createStudy({ seed: 1, sampler: sobolSampler() });
    const trial = study.ask();
    expect(() => trial.suggest("0", { kind: "float", low: 0, high: 1 })).toThrow(/must be no whole number/);
    study.tell(trial.number, { state: "complete", values: [1] });
    expect([study.parameters(), study.trials[0].parameters]).toEqual([{}, {}]);
  });

  it("fails a trial that is told what is no end", () => {
    const study = createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 1 } } });
    study.tell(study.ask().number, { state: "complete" } as unknown as TrialEnd);
    expect(study.trials[0].outcome?.reason).toMatch(/must return a number, or how its trial ended/);
  });

  it("keeps a trial as it was when it ended, also where its objective goes on to name parameters", () => {
    const study = createStudy({ seed: 1 });
    const { suggest } = study.ask();
    const x = suggest("x", unit.x);
    study.tell(0, { state: "failed", reason: "it took longer than 30 ms" });
    suggest("late", unit.x);
    expect(study.trials).toEqual([{ number: 0, parameters: { x }, outcome: study.trials[0].outcome }]);
    study.ask();
    expect(Object.keys(study.parameters())).toEqual(["x"]);
  });

  it("refuses to take up a trial that has not ended", () => {
    const study = createStudy({ seed: 1, space: unit });
    const { parameters } = study.ask();
    expect(() => {
      study.restore({ number: 0, parameters, outcome: null });
    }).toThrow("Study.restore: trial 0 must have ended");
  });
});
