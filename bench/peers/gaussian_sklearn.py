"""Gaussian processes by scikit-learn on the rows of bench/gaussianProcess.ts: seconds of processor time and evidence of each fit."""
import json
import sys
import time
import warnings

import numpy
import sklearn
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

warnings.filterwarnings("ignore")
folder, columns = sys.argv[1], int(sys.argv[2])
read = lambda name, kind: numpy.fromfile(f"{folder}/{name}", dtype=kind)


def timed(model, features, answers):
    started = time.process_time()
    model.fit(features, answers)
    return {"seconds": time.process_time() - started, "evidence": float(model.log_marginal_likelihood_value_)}


matrix = lambda name: read(name, "<f4").reshape(-1, columns).astype(float)
targets = matrix("targets.f32")
# The first start of ours.
smooth = lambda features: ConstantKernel(1.0) * Matern(numpy.sqrt(columns) * numpy.where(features.std(axis=0) > 0, features.std(axis=0), 1), nu=2.5)
regressor = GaussianProcessRegressor(smooth(targets) + WhiteKernel(0.1), normalize_y=True)
classes = matrix("classes.f32")
print(json.dumps({
    "sklearn": sklearn.__version__,
    "regression": timed(regressor, targets, read("targets.f64", "<f8")),
    "classification": timed(GaussianProcessClassifier(smooth(classes)), classes, read("classes.u8", "u1")),
}))
