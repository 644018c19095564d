"""PED-ANOVA importances of some studies by Optuna, with the studies themselves, and one small journal as Optuna writes
it, for test/golden/f_importance.json.

Usage: importance_optuna.py FILE.json   It needs optuna 5.0.0 from PyPI."""

import json
import math
import os
import re
import sys
import tempfile
import warnings

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def floats(t):
    x, y, z = (t.suggest_float(name, -5, 5) for name in "xyz")
    return round(x * x + 0.3 * y - 0.01 * z, 3)


def logs_and_steps(t):
    rate = t.suggest_float("rate", 1e-5, 1e-1, log=True)
    width = t.suggest_int("width", 16, 256, log=True)
    share = t.suggest_float("share", 0, 1, step=0.3)
    many = t.suggest_int("many", 0, 1000, step=7)
    depth = t.suggest_int("depth", 1, 3)
    fixed = t.suggest_int("fixed", 4, 4)
    return round((math.log10(rate) + 3) ** 2 + abs(width - 64) / 50 + share + many / 500 + 0.1 * depth + fixed, 3)


def choices(t):
    kind = t.suggest_categorical("kind", ["a", "b", "c", "d"])
    flag = t.suggest_categorical("flag", [True, False, None])
    size = t.suggest_categorical("size", [32, 64.5, 128])
    only = t.suggest_categorical("only", ["one"])
    return {"a": 3, "b": 1, "c": 2, "d": 0}[kind] + (0.5 if flag is None else 0) + size / 100 + len(only)


def conditional(t):
    kind = t.suggest_categorical("kind", ["sgd", "adam", "rmsprop"])
    rate = math.log10(t.suggest_float("rate", 1e-5, 1e-1, log=True))
    value = 0.4 * (rate + 3) ** 2
    if kind == "sgd":
        value += 1.2 * (t.suggest_float("momentum", 0, 0.99) - 0.9) ** 2
    else:
        value += 8 * (t.suggest_float("beta", 0.9, 0.9999) - 0.99) ** 2
    if t.suggest_categorical("drop", [False, True]):
        value += 1.5 * (t.suggest_float("share", 0, 0.6) - 0.15) ** 2
    return round(value, 4)


def ended(t):
    x, y = t.suggest_float("x", 0, 1), t.suggest_int("y", 0, 9)
    if t.number % 5 == 1:
        t.report(x, 0)
        raise optuna.TrialPruned
    if t.number % 7 == 2:
        raise ValueError("planted")
    t.set_user_attr("note", "NaN")
    t.report(math.nan, 1)
    t.set_constraint("share", x - 0.8)
    return round(x + y, 3)


def two(t):
    x, y = t.suggest_float("x", 0, 1), t.suggest_float("y", 0, 1)
    z = t.suggest_categorical("z", ["p", "q"])
    return round(x + 0.1 * y, 4), round(1 - x + y * y + (0.2 if z == "p" else 0), 4)


def three(t):
    x, y = t.suggest_float("x", 0, 1), t.suggest_float("y", 0, 1)
    return round(x, 3), round(y, 3), round((x - 0.5) ** 2 + (y - 0.2) ** 2, 3)


STUDIES = {
    "floats": (floats, 60, ["minimize"]),
    "greatest": (floats, 41, ["maximize"]),
    "few": (floats, 3, ["minimize"]),
    "one": (floats, 1, ["minimize"]),
    "logs and steps": (logs_and_steps, 80, ["minimize"]),
    "choices": (choices, 45, ["minimize"]),
    "conditional": (conditional, 90, ["minimize"]),
    "ended otherwise": (ended, 60, ["maximize"]),
    "two objectives": (two, 70, ["minimize", "maximize"]),
    "three objectives": (three, 60, ["minimize", "maximize", "minimize"]),
}


class RoundSampler(optuna.samplers.RandomSampler):
    """Of few digits, so that the file is short."""

    def sample_independent(self, study, trial, name, distribution):
        value = super().sample_independent(study, trial, name, distribution)
        free = isinstance(distribution, optuna.distributions.FloatDistribution) and distribution.step is None
        return float(f"{value:.4g}") if free else value


def study_of(name, storage=None):
    objective, trials, directions = STUDIES[name]
    sampler = RoundSampler(seed=len(name))
    study = optuna.create_study(storage=storage, study_name=name, directions=directions, sampler=sampler)
    study.optimize(objective, n_trials=12 if storage else trials, catch=(ValueError,))
    return study


def told(name):
    study = study_of(name)
    shares = optuna.importance.get_param_importances(study)
    kinds = {}
    for trial in study.trials:
        kinds.update(trial.distributions)
    return {
        "directions": STUDIES[name][2],
        "importances": {key: float(f"{shares[key]:.13g}") for key in sorted(shares)},
        "parameters": {key: optuna.distributions.distribution_to_json(kind) for key, kind in kinds.items()},
        "trials": [
            {"state": t.state.name.lower(), "parameters": t.params, "values": t.values or []} for t in study.trials
        ],
    }


def journal():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "journal.log")
        study_of("ended otherwise", JournalStorage(JournalFileBackend(path)))
        lines = [line.rstrip() for line in open(path)]
    # Neither this hour nor this machine.
    spent = r'("(?:worker_id|datetime_\w+)":)"[^"]*"'
    return [re.sub(spent, lambda found: found[1] + ('"worker"' if "worker" in found[1] else HOUR), line) for line in lines]


HOUR = '"2026-01-01T00:00:00+00:00"'


def main():
    with open(sys.argv[1], "w") as file:
        rows = [f" {json.dumps(name)}: {json.dumps(told(name), separators=(',', ':'))}" for name in STUDIES]
        rows.append(f' "journal": {json.dumps(journal())}')
        file.write('{\n "optuna": %s,\n%s\n}\n' % (json.dumps(optuna.__version__), ",\n".join(rows)))


main()
