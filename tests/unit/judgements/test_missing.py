"""What is missing and what it would settle. Oracle: counted by hand in the sample."""

from report_sample import judgement, judgements

from residua.judgements.missing import missing_inputs


def test_the_most_useful_input_comes_first_then_by_name():
    found = missing_inputs(judgements())
    assert [(item.input, item.count) for item in found] == [
        ("neutrophils", 4), ("platelets", 4), ("LLOQ", 1), ("MRD value", 1), ("blasts", 1),
        ("second test", 1),
    ]  # fmt: skip


def test_an_input_settles_alone_or_with_others_or_confirms_or_narrows():
    found = {item.input: item for item in missing_inputs(judgements())}
    assert found["LLOQ"].alone == ("eln-all/2024/ino-day-30/mrd-variant-2",)
    assert len(found["neutrophils"].with_others) == 2
    assert len(found["neutrophils"].confirms) == 2
    computed = judgement("nci", "2010", "x", "response", "not CR", missing=("counts",))
    assert missing_inputs([computed])[0].narrows == (computed.id,)


def test_nothing_missing_gives_nothing():
    assert missing_inputs([judgement("nci", "2010", "x", "response", "CR")]) == ()
