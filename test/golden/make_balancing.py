"""Golden values of cleaning and of rows in danger from imbalanced-learn, on the rows of a_sampling.json.

Usage: python make_balancing.py   (rewrites balancing.json beside this file; needs imbalanced-learn)
"""
import json
import pathlib

import imblearn
import numpy as np
import sklearn
from imblearn.over_sampling import BorderlineSMOTE, RandomOverSampler
from imblearn.under_sampling import EditedNearestNeighbours, RandomUnderSampler, TomekLinks

here = pathlib.Path(__file__).parent
data = json.loads((here / "a_sampling.json").read_text())["input"]
X, y = np.array(data["X"]), np.array(data["y"])


def kept(sampler):
    sampler.fit_resample(X, y)
    return sorted(int(i) for i in sampler.sample_indices_)


def danger(m):
    found = {}
    for label in (1, 2):
        sampler = BorderlineSMOTE(k_neighbors=3, m_neighbors=m, random_state=0)
        sampler.fit_resample(X, y)
        rows = np.flatnonzero(y == label)
        mask = sampler._in_danger_noise(sampler.nn_m_.fit(X), X[rows], label, y, kind="danger")
        found[str(label)] = [int(i) for i in rows[mask]]
    return found


def counts(sampler, X, y):
    return {str(int(c)): int(n) for c, n in zip(*np.unique(sampler.fit_resample(X, y)[1], return_counts=True))}


two = y != 2
golden = {
    "made by": "imbalanced-learn and scikit-learn, make_balancing.py",
    "versions": {"imblearn": imblearn.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__},
    "tomek": {"common": kept(TomekLinks()), "both": kept(TomekLinks(sampling_strategy="all"))},
    "edited": {f"{kind} {n} {drop}": kept(EditedNearestNeighbours(n_neighbors=n, kind_sel=kind, sampling_strategy=strategy)) for kind in ("all", "mode") for n in (3, 5) for drop, strategy in (("common", "auto"), ("both", "all"))},
    "danger": {str(m): danger(m) for m in (6, 10)},
    "ratios, classes 0 and 1": {str(r): {"over": counts(RandomOverSampler(sampling_strategy=r, random_state=0), X[two], y[two]), "under": counts(RandomUnderSampler(sampling_strategy=r, random_state=0), X[two], y[two])} for r in (0.5, 0.77, 1.0)},
}
(here / "balancing.json").write_text(json.dumps(golden) + "\n")
