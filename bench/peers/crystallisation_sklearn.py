"""ExtraTrees, a random forest and logistic regression by scikit-learn on rows, features and splits of
bench/crystallisation.ts: probabilities of every test row. Each is tuned on training rows alone, by whole groups."""
import json
import sys

import numpy
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

folder = sys.argv[1]
with open(f"{folder}/tasks.json") as file:
    tasks = json.load(file)
labels = numpy.array(tasks["labels"])
features = numpy.fromfile(f"{folder}/features.f32", dtype="<f4").reshape(len(labels), -1)
classes = tasks["classes"]

peers = {
    "ExtraTrees": [
        lambda leaf=leaf, part=part: ExtraTreesClassifier(
            100, min_samples_leaf=leaf, max_features=part, random_state=0, n_jobs=2
        )
        for leaf in (1, 3)
        for part in ("sqrt", 0.5)
    ],
    "random forest": [
        lambda leaf=leaf: RandomForestClassifier(100, min_samples_leaf=leaf, random_state=0, n_jobs=2) for leaf in (1, 5)
    ],
    "logistic": [
        lambda c=c: make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=500)) for c in (0.01, 0.1)
    ],
}


def probabilities(model, rows):
    """Of all classes, also those that no training row has."""
    whole = numpy.zeros((len(rows), classes))
    whole[:, model.classes_] = model.predict_proba(features[rows])
    return whole


def loss(told, rows):
    return -numpy.log(numpy.clip(told[numpy.arange(len(rows)), labels[rows]], 1e-3, 1)).mean()


def tuned(makes, train, groups):
    """The settings of the smallest log loss in three folds of whole groups of the training rows."""
    codes = numpy.unique(groups[train], return_inverse=True)[1]
    folds = min(3, codes.max() + 1)
    if folds < 2:
        return makes[0]

    def inner(make):
        losses = []
        for own, other in GroupKFold(folds).split(train, groups=codes):
            model = make().fit(features[train[own]], labels[train[own]])
            losses.append(loss(probabilities(model, train[other]), train[other]))
        return numpy.mean(losses)

    return min(makes, key=inner)


for task in tasks["splits"]:
    groups = numpy.array(task["chosenBy"])
    answer = {"split": task["name"], "sklearn": sklearn.__version__, "peers": {name: [] for name in tasks["peers"]}}
    for fold in task["folds"]:
        train, test = numpy.array(fold["train"]), numpy.array(fold["test"])
        for name in answer["peers"]:
            makes = peers[name]
            model = tuned(makes, train, groups)().fit(features[train], labels[train])
            answer["peers"][name].append(probabilities(model, test).ravel().tolist())
    print(json.dumps(answer), flush=True)
