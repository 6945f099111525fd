"""Tables of digital PCR: Residua's own columns and the instrument's export.

The export's columns are those of QuantaSoft (`AcceptedDroplets`, `TargetType`) and QX Manager
(`Accepted Droplets`, `Sample description 1`); the files here are written by hand in those forms.
"""

import pytest

from residua.errors import InputError
from residua.readers.digital_table import digital_table

OWN = "well,sample,target,role,positive,partitions,dna_ng\nA1,s1,IGH,unknown,3,18234,600\n"
QUANTASOFT = (
    '"Well","ExptType","Sample","TargetType","Target","Status","Concentration","Positives",'
    '"Negatives","AcceptedDroplets"\n'
    '"A01","Absolute Quantification","s1","Ch1Unknown","IGH","OK","0.2",3,18231,18234\n'
    '"A01","Absolute Quantification","s1","Ch2Unknown","ALB","OK","900",9000,9234,18234\n'
    '"H01","Absolute Quantification","","Ch1NTC","IGH","OK","0",0,18000,18000\n'
)
QX_MANAGER = (
    "Well,Sample description 1,SampleType,Target,Conc(copies/µL),Accepted Droplets,Positives,"
    "Negatives\nA01,s1,Unknown,IGH,0.2,18234,3,18231\nB01,healthy,NegCtrl,IGH,0,18000,1,17999\n"
)


def _faults(text, name="droplets.csv"):
    with pytest.raises(InputError) as caught:
        digital_table(text.encode(), name=name)
    return [str(fault) for fault in caught.value.faults]


def test_own_columns():
    (well,) = digital_table(OWN.encode(), name="d.csv")
    assert (well.well, well.sample, well.target, well.role) == ("A1", "s1", "IGH", "unknown")
    assert (well.positive, well.partitions, well.dna_ng) == (3, 18234, 600.0)


def test_quantasoft_with_two_channels_and_water():
    wells = digital_table(QUANTASOFT.encode(), name="d.csv")
    assert [(w.target, w.role, w.positive) for w in wells] == [
        ("IGH", "unknown", 3),
        ("ALB", "unknown", 9000),
        ("IGH", "ntc", 0),
    ]


def test_qx_manager_with_a_negative_control():
    wells = digital_table(QX_MANAGER.encode(), name="d.csv")
    assert [(w.sample, w.role) for w in wells] == [("s1", "unknown"), ("healthy", "negative")]


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("IGH,unknown,3,", "IGH,unknown,3.5,", "positive", "a whole number"),
        ("unknown,3,18234", "unknown,18235,18234", "positive", "at most as many positive"),
        ("IGH,unknown", "IGH,standard", "role", "unknown, negative or ntc"),
        ("A1,s1", "A1,", "sample", "an empty cell"),
        ("18234,600", "18234,-6", "dna_ng", "above 0"),
        ("A1,s1", "M01,s1", "well", "single wells"),
        ("positive,partitions", "positive,droplets", "the header", "partitions"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old, new, where, said):
    (fault, *_) = _faults(OWN.replace(old, new, 1))
    assert fault.startswith("droplets.csv:")
    assert where in fault
    assert said in fault


def test_a_well_and_target_twice():
    row = OWN.splitlines()[1]
    assert "each well and target once" in _faults(OWN + row + "\n")[0]


def test_an_empty_table():
    assert "at least one well" in _faults(OWN.splitlines()[0] + "\n")[0]
