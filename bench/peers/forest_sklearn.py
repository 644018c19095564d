"""Random forest by scikit-learn on the rows of bench/forest.ts: seconds of each training, log loss on test rows."""
import json
import sys
import time

import numpy
import sklearn
from sklearn.ensemble import RandomForestClassifier

folder, columns, classes, trees, runs = sys.argv[1], *map(int, sys.argv[2:])
read = lambda name, kind: numpy.fromfile(f"{folder}/{name}", dtype=kind)
train, test = (read(f"{part}.f32", "<f4").reshape(-1, columns) for part in ("train", "test"))
labels, truth = read("train.u8", "u1"), read("test.u8", "u1")
seconds = []
for run in range(runs):
    forest = RandomForestClassifier(trees, random_state=run, n_jobs=1)
    started = time.perf_counter()
    forest.fit(train, labels)
    seconds.append(time.perf_counter() - started)
# The class shares vote as one tree more, as in ours: without them a log loss of single trees can be infinite.
shares = numpy.bincount(labels, minlength=classes) / len(labels)
probabilities = (forest.predict_proba(test) * trees + shares) / (trees + 1)
loss = -numpy.log(probabilities[numpy.arange(len(truth)), truth]).mean()
print(json.dumps({"sklearn": sklearn.__version__, "seconds": seconds, "logLoss": loss, "accuracy": float((probabilities.argmax(axis=1) == truth).mean())}))
