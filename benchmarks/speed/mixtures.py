"""A mixture of Gaussians fitted to simulated events, beside scikit-learn and plain float64 EM.

``python benchmarks/speed/mixtures.py [--events 300000] [--components 20] [--channels 12]
[--trials 2]``: seconds of the processor, the best of the trials, one seed each, and what each
fit lacks of the truth's mean log-likelihood on events it has not seen (nats per event, the worst
of the trials). The peer is ``sklearn.mixture.GaussianMixture`` as it comes but for our ridge;
plain EM (`measures/mixture/plain.py`) makes one pass from the truth, so its time is a pass's.
Fails where Residua and scikit-learn give one mixture different densities.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.mixture import GaussianMixture as Peer

from residua.measures.mixture import GaussianMixture, fit_mixture, log_density
from residua.measures.mixture.em import RIDGE
from residua.measures.mixture.plain import plain_em

Events = NDArray[np.float32]
Fit = Callable[[Events, int], GaussianMixture]
HELD_OUT = 20_000
TARGET_S = 2.0


def truth_of(components: int, channels: int) -> GaussianMixture:
    """Populations anywhere on a display scale of 0 to 4.5, some of them rare."""
    random = np.random.default_rng(0)
    roots = random.normal(0, 0.12, (components, channels, channels))
    covariances = roots @ roots.transpose(0, 2, 1) + 0.01 * np.eye(channels)
    means = random.uniform(0, 4.5, (components, channels))
    return GaussianMixture(random.dirichlet(np.ones(components)), means, covariances)


def events_of(truth: GaussianMixture, number: int) -> Events:
    """Events (n, d) of the truth."""
    random = np.random.default_rng(1)
    component = random.choice(truth.components, number, p=truth.weights)
    x = truth.means[component]
    for k, root in enumerate(np.linalg.cholesky(truth.covariances)):
        here = component == k
        x[here] += random.normal(size=(int(here.sum()), truth.channels)) @ root.T
    return x.astype(np.float32)


def peers(x: Events, components: int, seed: int) -> tuple[GaussianMixture, Peer]:
    """The fit of scikit-learn, as ours and as its own."""
    made = Peer(components, random_state=seed, reg_covar=RIDGE).fit(x)
    return GaussianMixture(made.weights_, made.means_, made.covariances_), made


def run(name: str, fit: Fit, x: Events, truth: GaussianMixture, trials: int) -> float:
    """Print a side's line; gives its seconds."""
    seen, unseen = x[HELD_OUT:], x[:HELD_OUT]
    best = log_density(unseen, truth).mean()
    took, lacks = [], []
    for seed in range(trials):
        begin = time.process_time()
        made = fit(seen, seed)
        took.append(time.process_time() - begin)
        lacks.append(best - log_density(unseen, made).mean())
    print(f"{name:28} {min(took):8.2f} s   lacks at most {max(lacks):.3f} nats per event")
    return min(took)


def main() -> None:
    """Print the table; fails where the sides' densities disagree."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--events", type=int, default=300_000)
    words.add_argument("--components", type=int, default=20)
    words.add_argument("--channels", type=int, default=12)
    words.add_argument("--trials", type=int, default=2)
    asked = words.parse_args()
    k, trials = asked.components, asked.trials
    truth = truth_of(k, asked.channels)
    x = events_of(truth, asked.events + HELD_OUT)
    same, peer = peers(x[:HELD_OUT], k, 0)
    if not np.allclose(peer.score_samples(x), log_density(x, same), rtol=1e-6, atol=1e-4):
        raise SystemExit("the sides do not agree")
    mine = run("Residua", lambda e, s: fit_mixture(e, k, seed=s), x, truth, trials)
    theirs = run("scikit-learn", lambda e, s: peers(e, k, s)[0], x, truth, trials)
    run("plain EM, one pass", lambda e, _: plain_em(e, truth, passes=1), x, truth, 1)
    verdict = "met" if mine <= TARGET_S else "missed"
    print(f"scikit-learn takes {theirs / mine:.1f} x Residua; target {TARGET_S:g} s: {verdict}")


if __name__ == "__main__":
    main()
