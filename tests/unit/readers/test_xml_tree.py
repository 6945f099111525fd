"""XML from outside. Oracle: the text of each document, by eye."""

import pytest

from residua.errors import InputError
from residua.readers.xml_tree import parse_xml, read_xml


def refused(text):
    with pytest.raises(InputError) as caught:
        parse_xml(text.encode(), name="a.xml")
    return caught.value.faults[0]


def test_elements_attributes_lines_and_text():
    root = parse_xml(b'<a:r xmlns:a="u:a">\n<a:b a:x="1" y="2">t</a:b>\n<c/></a:r>', name="a.xml")
    assert (root.name, root.namespace) == ("r", "u:a")
    b = root.first("b")
    assert (dict(b.attributes), b.text, b.line) == ({"x": "1", "y": "2"}, "t", 2)
    assert [element.name for element in root.walk()] == ["r", "b", "c"]
    assert root.first("zz") is None


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ('<!DOCTYPE r [<!ENTITY e "x">]><r>&e;</r>', "a document type"),
        ('<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', "a document type"),
        ("<r>&e;</r>", "undefined entity"),
        ("<r><b></r>", "mismatched tag"),
        ('<?xml version="1.0" encoding="x"?><r/>', "an encoding that is not known"),
        ('<?xml version="1.0" encoding="gb2312"?><r/>', "an encoding that is not known"),
        ("", "no element found"),
        ("<r>" * 300, "elements more than 200 deep"),
    ],
)
def test_what_is_no_plain_xml_is_refused_by_name(text, received):
    assert refused(text).received == received


def test_the_line_of_a_fault():
    assert refused("<r>\n<b>\n</r>").line == 3


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError) as caught:
        read_xml(tmp_path / "zz.xml")
    assert "no such file" in caught.value.faults[0].received
