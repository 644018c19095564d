"""Random forests by scikit-learn on the rows of bench/ownLaboratory.ts: accuracy on other rows and seconds of each training."""
import json
import sys
import time

import numpy
import sklearn
from sklearn.ensemble import RandomForestClassifier

folder, tasks, trees = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def part(task, name):
    labels = numpy.fromfile(f"{folder}/{task}.{name}.u8", dtype="u1")
    return numpy.fromfile(f"{folder}/{task}.{name}.f32", dtype="<f4").reshape(len(labels), -1), labels


def score(task):
    forest = RandomForestClassifier(trees, random_state=task, n_jobs=1)
    started = time.process_time()
    forest.fit(*part(task, "train"))
    seconds = time.process_time() - started
    return {"accuracy": forest.score(*part(task, "test")), "seconds": seconds}


print(json.dumps({"sklearn": sklearn.__version__, "scores": [score(task) for task in range(tasks)]}))
