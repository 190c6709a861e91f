"""Samples with a known truth for each estimator of values, tails, places, shares and chains: studies.estimators."""
