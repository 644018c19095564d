"""Peers of the problems of platelets: scikit-learn's ridge, extremely randomised trees and Matern Gaussian process.

Reads one JSON from stdin: problems with names and values of features, truth, and splits with folds and the groups that
stay together where a peer is tuned. Each is tuned on the training rows of a fold alone, once with all columns and once
with those named lean, and answers the test rows. Writes one JSON to stdout: predictions by problem, split and peer.

Needs scikit-learn (python3 -m venv peer && peer/bin/pip install scikit-learn).
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")


def tuned(model, grid, x, y, groups):
    folds = GroupKFold(min(5, len(set(groups))))
    search = GridSearchCV(model, grid, cv=folds, scoring="neg_mean_squared_error")
    return search.fit(x, y, groups=groups).best_estimator_


def ridge(x, y, groups):
    return tuned(make_pipeline(StandardScaler(), Ridge()), {"ridge__alpha": [0.1, 1, 10, 100]}, x, y, groups)


def extra_trees(x, y, groups):
    model = ExtraTreesRegressor(200, random_state=0)
    return tuned(model, {"min_samples_leaf": [1, 2, 4], "max_features": [0.4, 1.0]}, x, y, groups)


def matern(x, y, groups):
    """The kernel and its smoothness are those of the largest marginal likelihood."""
    fits = []
    for smoothness in (0.5, 1.5, 2.5):
        lengths = np.ones(x.shape[1])
        kernel = ConstantKernel() * Matern(lengths, (1e-2, 1e3), nu=smoothness) + WhiteKernel(0.1)
        process = GaussianProcessRegressor(kernel, normalize_y=True, random_state=0)
        fits.append(make_pipeline(StandardScaler(), process).fit(x, y))
    return max(fits, key=lambda fit: fit[-1].log_marginal_likelihood_value_)


peers = {"ridge": ridge, "ExtraTrees": extra_trees, "Matern Gaussian process": matern}


def answers(problem, split, fit, columns):
    x = np.array(problem["values"], dtype=float).reshape(len(problem["truth"]), -1)[:, columns]
    truth, groups = np.array(problem["truth"]), np.array(split["chosenBy"])
    scale = np.log if problem["logarithm"] else lambda values: values
    unscale = np.exp if problem["logarithm"] else lambda values: values
    told = {}
    for fold in split["folds"]:
        train, test = np.array(fold["train"]), np.array(fold["test"])
        varying = x[train].std(axis=0) > 0
        model = fit(x[train][:, varying], scale(truth[train]), groups[train])
        told.update(zip(fold["test"], unscale(model.predict(x[test][:, varying])).tolist()))
    return [told[place] for place in sorted(told)]


def main():
    task = json.load(sys.stdin)
    told = {}
    for problem in task["problems"]:
        every = range(len(problem["names"]))
        columns = {"all": list(every), "lean": [i for i in every if problem["names"][i] in task["lean"]]}
        for split in problem["splits"]:
            for peer, fit in peers.items():
                for which, own in columns.items():
                    name = f"{problem['id']}|{split['name']}|{peer}, {which}"
                    told[name] = answers(problem, split, fit, own)
                    print(name, file=sys.stderr, flush=True)
    json.dump({"sklearn": sklearn.__version__, "told": told}, sys.stdout)


main()
