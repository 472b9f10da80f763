"""Fits the churn model of the lakehouse and writes its seed, seeds/churn_model.csv.

Run once, and again when churn_features_daily changes. It needs Python 3.11 or later with duckdb, pandas and
scikit-learn, and a set of made-up users of its own, larger and longer than the sample that is committed:

    pip install duckdb==2.0.0 pandas==3.1.1 scikit-learn==1.9.1
    navo run-operation generate_landing --args '{users: 5000, sessions: 1000000, events: 3000000,
        transactions: 60000, seed: 11, start: 2024-01-01, days: 300, path: churn_landing}'
    navo build --full-refresh --select +churn_features_daily --exclude resource_type:test resource_type:unit_test \\
        --vars '{landing_root: churn_landing}'
    python scripts/fit-churn-model.py navo.duckdb seeds/churn_model.csv

What it does: days 60 to 150 of the set are for training. Then come 30 days that nothing uses, because the labels of
the last training days look into them. The days after that are held out. The features are scaled; the classes are
weighted, so that a churner weighs more than one who stays, which favours recall. The threshold is chosen on the
training days: the highest one that finds at least 82 % of the churners. The figures of the held-out days are
printed, those with shuffled labels beside them, and the script fails when they are not good enough.
"""

import csv
import sys

import duckdb
import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

# feature: why a user may be about to leave when it is low, and when it is high
FEATURES = {
    "days_since_last_activity": ("seen just now, after which many leave", "not seen for a while"),
    "sessions_7d": ("hardly comes any more", "came very often in the last week"),
    "sessions_trend_7d": ("came less this week than the week before", "came more this week than the week before"),
    "sessions_30d": ("few sessions in the last month", "more sessions in the last month than in the last week"),
    "sessions_trend_30d": ("came less this month than the month before", "came more this month than the month before"),
    "events_30d": ("does little in the app", "does much in the app, but less lately"),
    "events_trend_30d": ("does less than the month before", "does more than the month before"),
    "content_created_30d": ("creates little content", "creates much content"),
    "content_limit_share": ("uses little of the plan", "comes near the limit of the plan"),
    "tenure_days": ("not subscribed for long", "subscribed for long"),
    "downgrades_90d": ("has not tried a smaller plan", "moved to a smaller plan"),
    "spend_90d_usd": ("spends little besides the plan", "spends much besides the plan"),
    "orders_90d": ("buys little besides the plan", "buys often, but for little money"),
    "campaign_opens_30d": ("does not open our messages", "opens many of our messages"),
    "campaign_clicks_30d": ("does not click in our messages", "clicks in our messages"),
    "recency_score": ("has not bought for long", "bought just now"),
    "frequency_score": ("buys seldom", "buys often"),
    "monetary_score": ("buys for little money", "spent much over the year, but less lately"),
    "plan_business": ("on the premium plan", "on the business plan"),
}
TRAINING_FROM, TRAINING_TO, GAP = 60, 150, 30
RECALL_IN_TRAINING = 0.82


def labelled_days(database: str):
    """The rows with a known label, and the number of the day of each."""
    select = ", ".join(f"cast({name} as double) as {name}" for name in FEATURES if name != "plan_business")
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.sql(
            f"""
            select
                feature_date - min(feature_date) over () as day,
                churned_within_30d,
                {select},
                cast(plan = 'business' as integer) as plan_business
            from main_gold.churn_features_daily
            where churned_within_30d is not null
            order by feature_date, user_id
            """
        ).df()
    return rows, rows["day"].to_numpy()


def figures(labels, scores, threshold) -> dict[str, float]:
    """Base rate, recall, precision at the threshold, and AUC."""
    flagged = scores >= threshold
    hits = (flagged & labels).sum()
    return {
        "base rate": labels.mean(),
        "recall": hits / labels.sum(),
        "precision": hits / max(flagged.sum(), 1),
        "AUC": roc_auc_score(labels, scores),
    }


def good_enough(found: dict[str, float]) -> bool:
    return found["recall"] >= 0.80 and found["AUC"] >= 0.75 and found["precision"] >= 2 * found["base rate"]


def fit(database: str, seed_file: str) -> None:
    rows, days = labelled_days(database)
    labels = rows["churned_within_30d"].to_numpy(dtype=bool)
    values = rows[list(FEATURES)].to_numpy(dtype=float)
    training = (days >= TRAINING_FROM) & (days < TRAINING_TO)
    held_out = days >= TRAINING_TO + GAP

    scaler = StandardScaler().fit(values[training])
    model = LogisticRegression(class_weight="balanced", max_iter=1000)
    model.fit(scaler.transform(values[training]), labels[training])

    # what the models of the lakehouse compute: from the rounded numbers of the seed
    coefficients = numpy.round(model.coef_[0], 6)
    means, deviations = numpy.round(scaler.mean_, 6), numpy.round(scaler.scale_, 6)
    intercept = round(float(model.intercept_[0]), 6)
    scores = 1 / (1 + numpy.exp(-(((values - means) / deviations) @ coefficients + intercept)))
    threshold = round(float(numpy.quantile(scores[training & labels], 1 - RECALL_IN_TRAINING)), 6)

    for name, part in (("training", training), ("held out", held_out)):
        print(name, part.sum(), "rows", {k: round(float(v), 4) for k, v in figures(labels[part], scores[part], threshold).items()})
    shuffled = numpy.random.default_rng(1).permutation(labels[held_out])
    by_chance = figures(shuffled, scores[held_out], threshold)
    print("shuffled labels", {k: round(float(v), 4) for k, v in by_chance.items()})
    if not good_enough(figures(labels[held_out], scores[held_out], threshold)):
        sys.exit("the model is not good enough on the held-out days")
    if good_enough(by_chance):
        sys.exit("the model is good enough on shuffled labels: the check is worth nothing")

    with open(seed_file, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["term", "coefficient", "mean", "standard_deviation", "reason"])
        out.writerow(["intercept", f"{intercept:.6f}", "", "", ""])
        out.writerow(["threshold", f"{threshold:.6f}", "", "", ""])
        for (name, (low, high)), coefficient, mean, deviation in zip(FEATURES.items(), coefficients, means, deviations):
            out.writerow([name, f"{coefficient:.6f}", f"{mean:.6f}", f"{deviation:.6f}", low if coefficient < 0 else high])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: fit-churn-model.py DATABASE SEED_FILE")
    fit(sys.argv[1], sys.argv[2])
