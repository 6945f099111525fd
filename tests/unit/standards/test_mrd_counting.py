"""Oracle: the fact sheet's rows on event numbers (A3, and the correction of the ICCS row)."""

import pytest

from residua.errors import ValueFault
from residua.facts.gating import EventPolicy
from residua.standards.antigen_positivity import positivity_rule
from residua.standards.mrd_counting import CountingPolicy, counting_policies, find_policy


@pytest.mark.parametrize(
    ("name", "events", "provenance"),
    [
        ("euroflow-bcp-all-10-40", (10, 40), "unverified"),
        ("euroflow-mm-20-50", (20, 50), "unverified"),
        ("iccs-mm-30-50", (30, 50), "abstract"),
    ],
)
def test_published_policies(name, events, provenance):
    policy = find_policy(name)
    assert ((policy.lod, policy.lloq), policy.provenance) == (events, provenance)


def test_the_default():
    assert find_policy(None).id == "euroflow-bcp-all-10-40"


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(ValueFault, match="write 'iccs-mm-30-50'"):
        find_policy("iccs-mm-30-60")


@pytest.mark.parametrize("events", [(0, 10), (20, 10)])
def test_events_that_make_no_policy(events):
    with pytest.raises(ValueFault):
        EventPolicy(*events)


def test_a_policy_without_citation_does_not_load():
    with pytest.raises(ValueFault, match="cite"):
        CountingPolicy("a", "a", 1, 2, "B-ALL", "clause", " ", "read")


def test_every_policy_names_its_clause():
    assert all(policy.clause for policy in counting_policies().values())


def test_the_positivity_rule_is_marked_unverified():
    assert (positivity_rule().at, positivity_rule().provenance) == (20, "unverified")
