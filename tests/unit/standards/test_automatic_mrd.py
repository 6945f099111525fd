"""Oracle: the numbers as the method's measurement states them."""

from residua.standards.automatic_mrd import automatic_rules


def test_numbers():
    rules = automatic_rules()
    assert rules.normals == 24
    assert rules.negative == 1e-4
    assert rules.least_separability(reviewed=False) == 0.50
    assert rules.least_separability(reviewed=True) == 0.30
    assert rules.laip_limit(reviewed=False) == 1e-4
    assert rules.laip_limit(reviewed=True) == 2e-4
    assert (rules.misfit_median, rules.misfit_highest) == (1.7, 1.2)
    assert (rules.interval_factor, rules.interval_floor) == (1.3, 0.05)
    assert (rules.blank_spread, rules.blank_events, rules.blank_margin) == (1.87, 2, 2)
