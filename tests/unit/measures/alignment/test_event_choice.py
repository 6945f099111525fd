"""Which events are taken. Oracles: the binomial error of a fair share; sorting by hand."""

import numpy as np

from residua.measures.alignment.event_choice import chosen_events


def _events(size=20_000):
    random = np.random.Generator(np.random.PCG64(1))
    return random.normal(2, 0.5, (size, 3)).astype(np.float32)


def test_a_share_is_fair():
    """Of 20 000 events 5000 are taken; below the median of each channel lie half of them."""
    events = _events()
    taken = chosen_events(events, 5000)
    assert taken.shape == (5000, 3)
    below = (taken < np.median(events, axis=0)).mean(axis=0)
    assert (np.abs(below - 0.5) < 4 * np.sqrt(0.25 / 5000)).all()
    first = (taken[:1000] < np.median(events, axis=0)).mean(axis=0)
    assert (np.abs(first - 0.5) < 4 * np.sqrt(0.25 / 1000)).all()


def test_the_order_of_events_does_not_matter():
    events = _events(3000)
    events[100:200] = events[:100]  # some twice
    mixed = events[np.random.Generator(np.random.PCG64(2)).permutation(3000)]
    for most in (500, 3000, 9000):
        assert chosen_events(events, most).tobytes() == chosen_events(mixed, most).tobytes()


def test_few_events_are_all_taken():
    events = _events(50)
    taken = chosen_events(events, 100)
    assert np.array_equal(np.sort(taken, axis=0), np.sort(events.astype(float), axis=0))
