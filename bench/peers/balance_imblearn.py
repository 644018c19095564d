"""SMOTE and ADASYN of imbalanced-learn on rows that bench/balancing.ts wrote, on one thread.

Usage: balance_imblearn.py FOLDER --columns N --runs N
Prints JSON: versions, and per method the seconds of each run and the rows of each class after it.
"""
import argparse
import json
import os
import pathlib
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import imblearn
import numpy as np
import sklearn
from imblearn.over_sampling import ADASYN, SMOTE
from threadpoolctl import threadpool_limits

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--columns", type=int, required=True)
parser.add_argument("--runs", type=int, required=True)
args = parser.parse_args()
X = np.fromfile(args.folder / "features.f32", np.float32).reshape(-1, args.columns)
y = np.fromfile(args.folder / "labels.u8", np.uint8)
methods = {}
with threadpool_limits(limits=1):
    for name, sampler in (("smote", SMOTE(random_state=1)), ("adasyn", ADASYN(random_state=1))):
        seconds = []
        for _ in range(args.runs):
            wall, processor = time.perf_counter(), time.process_time()
            _, labels = sampler.fit_resample(X, y)
            seconds.append({"wall": time.perf_counter() - wall, "processor": time.process_time() - processor})
        methods[name] = {"seconds": seconds, "counts": np.bincount(labels).tolist()}
print(json.dumps({"imblearn": imblearn.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__, "methods": methods}))
