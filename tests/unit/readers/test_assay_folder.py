"""Oracle: what the form says of each key, lines counted by hand in the texts below."""

import pytest

from residua.errors import InputError
from residua.facts.case_plate import AssayFile, NamedSample
from residua.facts.day import Day
from residua.readers.assay_folder import FolderForm, Known, read_assay_folder

FORM = FolderForm(
    "residua.qpcr",
    {"transgene": {"dna_ng": None}, "ig-tr": {"intent": ("reduction", "intensification")}},
)
KNOWN = Known(frozenset({"blood-day-7"}), frozenset({"blood-day-7", "car-t"}))
HEAD = 'kind = "residua.qpcr"\nversion = "1.0"\n'
FILE = '[[file]]\npath = "p.csv"\nassay = "transgene"\n'


@pytest.fixture
def read(tmp_path):
    (tmp_path / "p.csv").write_text("x")

    def read(text, known=KNOWN):
        path = tmp_path / "qpcr.toml"
        path.write_text(text)
        return read_assay_folder(path, FORM, known=known, name="qpcr/qpcr.toml")

    return read


def faults(read, text):
    with pytest.raises(InputError) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


def test_every_key_is_read(read):
    folder = read(
        HEAD + FILE + 'target = "CAR"\nreference = "RPPH1"\nlloq = 10\ndna_ng = 200\n'
        "simulated = true\n"
        '[[sample]]\nname = "S3"\nspecimen = "blood-day-7"\n'
        '[[sample]]\nname = "S4"\ndate = "car-t+7d"\ntime = "08:00"\nfile = "p.csv"\n'
        "[[sample]]\nname = 'S5'\ndate = 2024-01-08\n"
    )
    given = (("dna_ng", 200.0),)
    assert folder.files == (
        AssayFile("p.csv", "transgene", "CAR", "RPPH1", 10.0, True, given, line=3),
    )
    assert folder.files[0].number("dna_ng") == 200
    assert folder.samples == (
        NamedSample("S3", "blood-day-7", line=11),
        NamedSample("S4", None, Day.parse("car-t+7d"), "08:00", "p.csv", line=14),
        NamedSample("S5", None, Day.parse("2024-01-08"), line=19),
    )


def test_a_name_without_an_entry_is_a_specimen_and_that_of_a_file_comes_first(read):
    text = '[[sample]]\nname = "A"\ndate = "2024"\n'
    folder = read(HEAD + FILE + text + '[[sample]]\nname="A"\ndate="2023"\nfile="p.csv"\n')
    assert folder.sample("p.csv", "A").date == Day.parse("2023")
    assert folder.sample("q.csv", "A").date == Day.parse("2024")
    assert folder.sample("p.csv", "blood-day-7").specimen == "blood-day-7"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('kind = "residua.beads"\nversion = "1.0"\n', "qpcr.toml:1: kind"),
        (HEAD.replace("1.0", "2.0"), "qpcr.toml:2: version"),
        (HEAD + "[[files]]\n", "qpcr.toml:3: files: expected a known key"),
        (HEAD + FILE + "taget = 'CAR'\n", "write 'target'"),
        (HEAD + FILE.replace("transgene", "trangene"), "write 'transgene'"),
        (HEAD + FILE + 'intent = "reduction"\n', "qpcr.toml:6: file 1, intent"),
        (HEAD + FILE.replace("transgene", "ig-tr") + 'intent = "both"\n', "known word"),
        (HEAD + FILE.replace("p.csv", "q.csv"), "qpcr.toml:4: file 1, path: expected a file"),
        (HEAD + FILE + "lloq = 0\n", "qpcr.toml:6: file 1, lloq: expected a number above 0"),
        (HEAD + FILE + "lloq = inf\n", "a number above 0"),
        (HEAD + FILE + 'lloq = "10 copies"\n', "received a text"),
        (HEAD + FILE + FILE, "qpcr.toml:7: file 2, path: expected each file"),
        (HEAD + '[[sample]]\nname = "S"\nspecimen = "blood-day-8"\n', "write 'blood-day-7'"),
        (HEAD + '[[sample]]\nname = "S"\ndate = "ino+7d"\n', "qpcr.toml:5: sample 1, date"),
        (HEAD + '[[sample]]\nname = "S"\ndate = "7. May"\n', "qpcr.toml:5: sample 1, date"),
        (HEAD + '[[sample]]\nname = "S"\n', "received none"),
        (HEAD + '[[sample]]\nname="S"\ndate="2024"\nspecimen="blood-day-7"\n', "received both"),
        (HEAD + '[[sample]]\nname="S"\ndate="2024"\ntime="8"\n', "sample 1, time"),
        (HEAD + FILE + '[[sample]]\nname="S"\ndate="2024"\nfile="q.csv"\n', "write 'p.csv'"),
        (HEAD + 2 * '[[sample]]\nname = "S"\ndate = "2024"\n', "qpcr.toml:7: sample 2, name"),
        (HEAD + "[[sample]]\nname = 3\ndate = '2024'\n", "sample 1, name: expected a text"),
        (HEAD + "[[file]\n", "qpcr.toml:3: the syntax"),
    ],
)
def test_one_fault_is_told_by_its_line(read, text, told):
    (fault,) = faults(read, text)
    assert told in fault


def test_all_faults_come_together_and_tell_no_name(read):
    text = HEAD + FILE + "lloq = -1\nzz = 1\n" + '[[sample]]\nname = "Li Hua"\nspecimen = "b"\n'
    found = faults(read, text)
    assert len(found) == 3
    assert not any("Li Hua" in fault for fault in found)


def test_without_a_case_specimens_are_not_looked_for(read):
    assert read(HEAD + '[[sample]]\nname = "S"\nspecimen = "b"\n', known=None).samples
