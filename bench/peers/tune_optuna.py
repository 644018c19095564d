"""What Optuna's samplers reach after 60 trials of the four objectives of test/golden/f_tuning.json, seed by seed.

Usage: tune_optuna.py SAMPLER SEEDS FILE.json          SAMPLER: default, gp or random
       tune_optuna.py merge FILE.json FILE.json...     one file of those of several samplers, as in test/golden
       tune_optuna.py time SAMPLER TRIALS [WARM-UP]    prints processor time a trial, in ms, by objective

It needs optuna 5.0.0 and, for gp, scipy and torch from PyPI. Values are of the point without its noise."""

import json
import math
import sys
import time
import warnings

import optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
TRIALS = 60


def splitmix32(a):
    a = (a + 0x9E3779B9) & 0xFFFFFFFF
    t = ((a ^ (a >> 16)) * 0x21F0AAAD) & 0xFFFFFFFF
    t = ((t ^ (t >> 15)) * 0x735A2D97) & 0xFFFFFFFF
    return t ^ (t >> 15)


def noise(seed, trial):
    u, v = ((splitmix32((seed * 100003 + 2 * trial + part) & 0xFFFFFFFF) + 0.5) / 2**32 for part in (1, 2))
    return 0.02 * math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v)


def branin(t):
    x, y = t.suggest_float("x1", -5, 10), t.suggest_float("x2", 0, 15)
    bend = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return bend**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


WEIGHTS = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
CENTRES = [
    [1312, 1696, 5569, 124, 8283, 5886],
    [2329, 4135, 8307, 3736, 1004, 9991],
    [2348, 1451, 3522, 2883, 3047, 6650],
    [4047, 8828, 8732, 5743, 1091, 381],
]


def hartmann6(t):
    x = [t.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return -sum(
        height * math.exp(-sum(w * (x[j] - c / 1e4) ** 2 for j, (w, c) in enumerate(zip(weights, centres))))
        for height, weights, centres in zip([1, 1.2, 3, 3.2], WEIGHTS, CENTRES)
    )


def mixed_conditional(t):
    opt = t.suggest_categorical("opt", ["sgd", "adam", "rmsprop"])
    rate = math.log10(t.suggest_float("lr", 1e-5, 1e-1, log=True))
    if opt == "sgd":
        value = 0.35 * (rate + 1.5) ** 2 + 1.2 * (t.suggest_float("momentum", 0, 0.99) - 0.9) ** 2 + 0.1
    elif opt == "adam":
        value = 0.3 * (rate + 3) ** 2 + 8 * (t.suggest_float("beta2", 0.9, 0.9999) - 0.99) ** 2
    else:
        value = 0.4 * (rate + 3.3) ** 2 + 8 * (t.suggest_float("beta2", 0.9, 0.9999) - 0.95) ** 2 + 0.05
    layers = t.suggest_int("layers", 1, 3)
    widths = [t.suggest_int(f"w{i}", 16, 256, log=True) for i in range(layers)]
    value += [0.12, 0, 0.04][layers - 1]
    value += 0.08 * sum(math.log2(w / wanted) ** 2 for w, wanted in zip(widths, [96, 64, 48])) / layers
    if t.suggest_categorical("drop", [False, True]):
        return value + 1.5 * (t.suggest_float("rate", 0, 0.6) - 0.15) ** 2
    return value + 0.06


def noisy_mlp(t):
    rate = math.log10(t.suggest_float("lr", 1e-4, 1e-1, log=True))
    decay = math.log10(t.suggest_float("l2", 1e-6, 1e-1, log=True))
    drop = t.suggest_float("drop", 0, 0.6)
    width = math.log2(t.suggest_int("width", 16, 256, log=True))
    batch = math.log2(t.suggest_categorical("batch", [32, 64, 128, 256]))
    value = 0.3 + 0.1 * (rate + 2.6 - 0.15 * (batch - 6)) ** 2 + (0.25 if rate > -1.4 else 0)
    value += 0.02 * (decay + 3.5) ** 2 + 0.6 * (drop - 0.2) ** 2 * width / 6.6
    return min(value + 0.015 * (width - 6.6) ** 2 + 0.008 * (batch - 6) ** 2, 1.6)


OBJECTIVES = {"branin": branin, "hartmann6": hartmann6, "mixed_conditional": mixed_conditional, "noisy_mlp": noisy_mlp}
SAMPLERS = {
    "default": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}


def incumbent(name, sampler, seed):
    seen = []

    def objective(trial):
        value = OBJECTIVES[name](trial)
        told = value + (noise(seed, trial.number) if name == "noisy_mlp" else 0)
        seen.append((told, value))
        return told

    optuna.create_study(sampler=SAMPLERS[sampler](seed)).optimize(objective, n_trials=TRIALS)
    return min(seen, key=lambda pair: pair[0])[1]


def milliseconds(name, sampler, trials, warm_up):
    study = optuna.create_study(sampler=SAMPLERS[sampler](1))
    study.optimize(OBJECTIVES[name], n_trials=warm_up)
    started = time.process_time()
    study.optimize(OBJECTIVES[name], n_trials=trials)
    return 1000 * (time.process_time() - started) / trials


def merge(path, files):
    found = [json.load(open(file)) for file in files]
    rows = [
        f"  {json.dumps(one['sampler'])}: "
        + json.dumps({name: [float(f"{v:.6g}") for v in values] for name, values in one["values"].items()})
        for one in found
    ]
    with open(path, "w") as file:
        head = f' "optuna": {json.dumps(found[0]["optuna"])},\n "trials": {TRIALS},\n'
        file.write("{\n" + head + ' "values": {\n' + ",\n".join(rows) + "\n }\n}\n")


def main():
    if sys.argv[1] == "time":
        sampler, trials, warm_up = sys.argv[2], int(sys.argv[3]), int((sys.argv[4:] or [20])[0])
        spent = {name: milliseconds(name, sampler, trials, warm_up) for name in OBJECTIVES}
        return print(json.dumps({"optuna": optuna.__version__, "milliseconds": spent}))
    if sys.argv[1] == "merge":
        return merge(sys.argv[2], sys.argv[3:])
    sampler, seeds, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    started = time.process_time()
    values = {name: [incumbent(name, sampler, seed) for seed in range(seeds)] for name in OBJECTIVES}
    spent = (time.process_time() - started) / (len(OBJECTIVES) * seeds * TRIALS)
    with open(path, "w") as file:
        json.dump({"optuna": optuna.__version__, "sampler": sampler, "trials": TRIALS, "values": values}, file)
    print(f"{sampler}: {1000 * spent:.1f} ms of processor time a trial")


main()
