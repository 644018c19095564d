"""Golden values of Gaussian processes from scikit-learn: evidence, gradients and predictions of given kernels, and the
evidence that its own search reaches.

Usage: python make_gaussian_processes.py   (rewrites gaussian_processes.json beside this file; needs scikit-learn)
"""
import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent


def drawn(seed, rows, columns):
    """Features that floats hold exactly, a target, and classes by its thirds; with a few rows to predict."""
    random = np.random.default_rng(seed)
    X = np.round(64 * random.normal(size=(rows + 6, columns))) / 64
    signal = np.sin(2 * X[:, 0]) + 0.5 * X[:, 1] ** 2 + 0.5 * X[:, 2] * X[:, 0]
    y = np.round(1024 * (5 + 3 * (signal + 0.2 * random.normal(size=rows + 6)))) / 1024
    noisy = signal + 0.3 * random.normal(size=rows + 6)
    classes = np.digitize(noisy, np.quantile(noisy[:rows], [1 / 3, 2 / 3]))
    return X[:rows], y[:rows], classes[:rows], X[rows:]


def listed(values):
    return np.asarray(values).ravel().tolist()


def regression(X, y, X_new, kernel, alpha=1e-10):
    model = GaussianProcessRegressor(kernel, alpha=alpha, normalize_y=True, optimizer=None).fit(X, y)
    mean, noisy = model.predict(X_new, return_std=True)
    evidence, gradient = model.log_marginal_likelihood(model.kernel_.theta, eval_gradient=True)
    return {"evidence": evidence, "gradient": listed(gradient), "mean": listed(mean), "deviation": listed(noisy)}


def classification(X, labels, X_new, kernel):
    # Once more from the mode that was found: its search ends at 1e-10 of the posterior, a step before the mode.
    model = GaussianProcessClassifier(kernel, optimizer=None, warm_start=True).fit(X, labels)
    parts = model.base_estimator_.estimators_ if model.n_classes_ > 2 else [model.base_estimator_]
    for part in parts:
        part.log_marginal_likelihood(part.kernel_.theta)
        _, (part.pi_, part.W_sr_, part.L_, _, _) = part._posterior_mode(part.kernel_(X), return_temporaries=True)
    found = [part.log_marginal_likelihood(part.kernel_.theta, eval_gradient=True) for part in parts]
    return {
        "evidence": [evidence for evidence, _ in found],
        "gradient": [listed(gradient) for _, gradient in found],
        "probabilities": listed(model.predict_proba(X_new)),
    }


def given():
    X, y, classes, X_new = drawn(1, 40, 3)
    variance, lengths, noise = 1.7, [0.9, 1.6, 2.5], 0.05
    smooth = ConstantKernel(variance) * Matern(lengths, nu=2.5)
    weights = 0.5 + np.arange(40) % 3
    # scikit-learn knows no weights, and standardises without them: the target is brought to weighted mean 0, variance 1.
    centre = np.average(y, weights=weights)
    standard = (y - centre) / np.sqrt(np.average((y - centre) ** 2, weights=weights))
    weighted = GaussianProcessRegressor(smooth, alpha=noise / weights + 1e-10, optimizer=None).fit(X, standard)
    mean, deviation = weighted.predict(X_new, return_std=True)
    return {
        "input": {
            "X": listed(X), "y": listed(y), "classes": listed(classes), "X_new": listed(X_new), "columns": 3,
            "kernel": {"variance": variance, "lengths": lengths, "noise": noise}, "weights": listed(weights),
        },
        "regression": regression(X, y, X_new, smooth + WhiteKernel(noise)),
        "smooth deviation": listed(np.sqrt(np.maximum(0, np.array(regression(X, y, X_new, smooth + WhiteKernel(noise))["deviation"]) ** 2 - noise * np.var(y)))),
        "weighted": {"y": listed(standard), "evidence": weighted.log_marginal_likelihood(), "mean": listed(mean), "deviation": listed(deviation)},
        "binary": classification(X, (classes == 2).astype(int), X_new, ConstantKernel(4.0) * Matern(lengths, nu=2.5)),
        "three": classification(X, classes, X_new, ConstantKernel(4.0) * Matern(lengths, nu=2.5)),
    }


def fitted(seed, rows, columns):
    X, y, classes, _ = drawn(seed, rows, columns)
    smooth = ConstantKernel(1.0) * Matern(np.full(columns, np.sqrt(columns)), nu=2.5)
    options = {"n_restarts_optimizer": 3, "random_state": 0}
    regressor = GaussianProcessRegressor(smooth + WhiteKernel(0.1), normalize_y=True, **options).fit(X, y)
    classifier = GaussianProcessClassifier(smooth, **options).fit(X, (classes == 2).astype(int))
    return {
        "X": listed(X), "y": listed(y), "classes": listed(classes), "columns": columns,
        "regression": regressor.log_marginal_likelihood_value_,
        "binary": classifier.log_marginal_likelihood_value_,
    }


golden = {
    "made by": "scikit-learn, make_gaussian_processes.py",
    "versions": {"sklearn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
    "given": given(),
    "fitted": [fitted(seed, rows, columns) for seed, rows, columns in ((2, 30, 3), (3, 60, 4), (4, 100, 6), (5, 120, 8), (6, 60, 12))],
}
(here / "gaussian_processes.json").write_text(json.dumps(golden) + "\n")
