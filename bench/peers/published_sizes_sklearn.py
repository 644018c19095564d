"""ExtraTrees, Matern Gaussian process and ridge by scikit-learn on one split of bench/publishedSizes.ts, tuned by fold.

Needs from PyPI: numpy, scikit-learn.
"""
import json
import sys
import time
import warnings

import numpy
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore", ConvergenceWarning)
with open(sys.argv[1]) as file:
    task = json.load(file)
truth = numpy.array(task["truth"])
features = numpy.array(task["features"], dtype="f4").reshape(len(truth), task["columns"])
groups = numpy.unique(task["groups"], return_inverse=True)[1]


def peers(columns):
    kernel = ConstantKernel() * Matern(numpy.ones(columns), nu=2.5) + WhiteKernel()
    process = GaussianProcessRegressor(kernel, normalize_y=True, random_state=0)
    trees = ExtraTreesRegressor(200, random_state=0)
    return {
        "ExtraTrees": (trees, {"min_samples_leaf": [1, 2, 4], "max_features": [1.0, 0.5]}),
        "Matern Gaussian process": (make_pipeline(StandardScaler(), process), None),
        "ridge": (make_pipeline(StandardScaler(), Ridge()), {"ridge__alpha": [0.1, 1, 10, 100, 1000]}),
    }


for name, (model, grid) in peers(task["columns"]).items():
    started = time.process_time()
    told = numpy.full(len(truth), numpy.nan)
    for fold in task["folds"]:
        train, test = numpy.array(fold["train"]), numpy.array(fold["test"])
        if grid is None:
            fitted = model.fit(features[train], truth[train])
        else:
            inner = GroupKFold(min(5, len(set(groups[train]))))
            search = GridSearchCV(model, grid, scoring="neg_mean_squared_error", cv=inner)
            fitted = search.fit(features[train], truth[train], groups=groups[train])
        told[test] = fitted.predict(features[test])
    known = ~numpy.isnan(told)
    score = r2_score(truth[known], told[known])
    print(f"  scikit-learn {name}: {score:.3f} ({time.process_time() - started:.0f} s)")
