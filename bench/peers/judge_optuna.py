"""What Optuna makes of studies that are journals, for test/tuning/files/optunaPeer.test.ts.

Usage: judge_optuna.py make|continue|judge REPORT.json FOLDER

`make` writes a journal of each study below into the folder, `continue` adds ten trials to each that is there, and
`judge` adds none. The report says what Optuna has of each study before and after. It needs optuna 5.0.0 from PyPI."""

import json
import math
import os
import sys
import warnings

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


class Failure(Exception):
    """Planted."""


def mixed(t):
    x = t.suggest_float("x", -5, 5)
    value = x * x + abs(math.log10(t.suggest_float("rate", 1e-5, 1e-1, log=True)) + 3)
    value += t.suggest_float("share", 0, 1, step=0.3) + t.suggest_int("depth", 1, 4) / 10
    value += t.suggest_int("many", 0, 100, step=7) / 100 + abs(t.suggest_int("width", 16, 256, log=True) - 64) / 100
    kind = t.suggest_categorical("kind", ["a", True, None, 2.5])
    value += t.suggest_float("momentum", 0, 1) if kind == "a" else 1
    t.set_constraint("cost", x - 3)
    t.report(x, 0)
    t.report(math.nan, 2)
    if t.number % 7 == 3:
        raise optuna.TrialPruned
    if t.number % 11 == 5:
        raise Failure
    return value


def greatest(t):
    return t.suggest_float("x", 0, 1) - (t.suggest_float("y", 0, 1) - 0.5) ** 2


def two(t):
    x, y = t.suggest_float("x", 0, 1), t.suggest_float("y", 0, 1)
    return x + 0.1 * y, 1 - x + y * y + (0.2 if t.suggest_categorical("z", ["p", "q"]) == "p" else 0)


STUDIES = {
    "mixed": (mixed, ["minimize"]),
    "greatest": (greatest, ["maximize"]),
    "two": (two, ["minimize", "maximize"]),
}


def number(value):
    return value if math.isfinite(value) else str(value)


def seen(study):
    trials = study.trials
    single = len(study.directions) == 1
    return {
        "directions": [direction.name.lower() for direction in study.directions],
        "best": [study.best_trial.number] if single else sorted(t.number for t in study.best_trials),
        "importances": optuna.importance.get_param_importances(
            study, evaluator=optuna.importance.PedAnovaImportanceEvaluator()
        ),
        "trials": [
            {
                "state": {"FAIL": "failed"}.get(t.state.name, t.state.name.lower()),
                "parameters": t.params,
                "values": t.values if t.state == optuna.trial.TrialState.COMPLETE else [],
                "steps": [[step, number(value)] for step, value in sorted(t.intermediate_values.items())],
                "constraints": t.constraints,
            }
            for t in trials
        ],
    }


def main():
    what, report, folder = sys.argv[1:]
    found = {}
    for name, (objective, directions) in STUDIES.items():
        storage = JournalStorage(JournalFileBackend(os.path.join(folder, f"{name}.log")))
        sampler = optuna.samplers.TPESampler(seed=1)
        if what == "make":
            study = optuna.create_study(storage=storage, study_name=name, directions=directions, sampler=sampler)
            study.optimize(objective, n_trials=40, catch=(Failure,))
        else:
            study = optuna.load_study(storage=storage, study_name=name, sampler=sampler)
        before = seen(study)
        if what == "continue":
            study.optimize(objective, n_trials=10, catch=(Failure,))
        found[name] = {"before": before, "after": seen(study)}
    with open(report, "w") as file:
        json.dump({"version": optuna.__version__, "studies": found}, file, allow_nan=False)


main()
