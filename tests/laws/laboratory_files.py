"""Small laboratory files in every form, with a person's name planted where samples are named."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

SECRETS = ("Mustermann", "Geheim")
HEADER = "well,sample,target,role,quantity,ct,dna_ng"
STANDARDS = [(10.0**e, 40 - 3.4 * e + rep / 10) for e in range(6, 0, -1) for rep in (0, 1)]


def plate(standards=STANDARDS, *, unknown=("25.0", "25.1"), target="CAR", head=HEADER) -> str:
    rows = [f"A{n},std,{target},standard,{q!r},{ct:.2f}," for n, (q, ct) in enumerate(standards, 1)]
    rows += [f"B{n},Mustermann,{target},unknown,,{ct},100" for n, ct in enumerate(unknown, 1)]
    rows += [f"C{n},,{target},ntc,,undetermined," for n in (1, 2, 3)]
    return "\n".join([head, *rows, ""])


RDML = (
    '<rdml version="1.2"><sample id="Mustermann"><type>unkn</type></sample><target id="CAR"/>'
    '<experiment id="e"><run id="r"><pcrFormat><rows>8</rows><columns>12</columns>'
    "<rowLabel>ABC</rowLabel><columnLabel>123</columnLabel></pcrFormat>"
    '<react id="1"><sample id="Mustermann"/><data><tar id="CAR"/><cq>26</cq></data></react>'
    "</run></experiment></rdml>"
)
DROPLETS = (
    "well,sample,target,role,positive,partitions,dna_ng\n"
    "A1,Mustermann,IGH,unknown,40,15000,500\nA1,Mustermann,RPP30,unknown,9000,15000,500\n"
)
CBA = "FCAP Array\nSample;IL-6 (pg/mL);TNF (pg/mL)\nMustermann;12,5;< 2,5\nGeheim;>5000;3,1\n"
XPONENT = (
    '"Program","xPONENT"\n"Samples","1"\n"Results"\n"DataType:","Result"\n'
    '"Location","Sample","IL-6"\n"1(1,A1)","Mustermann","12.5"\n\n"DataType:","Units"\n'
    '"Analyte:","IL-6"\n"BeadID:","1"\n"Units:","pg/mL"\n'
)
LEGENDPLEX = "Sample,IL-6 (A4),TNF (B2)\n,pg/mL,pg/mL\nC0,0,0\nMustermann,12.5,<2.5\n"
READS = "v_call\tj_call\tjunction\tduplicate_count\trepertoire_id\nV\tJ\tTGT\t5000\tMustermann\n"
CELLS = "sample\tclone\tcells\ttotal_cells\nMustermann\tc1\t50\t1000000\n"
VIDJIL = json.dumps(
    {
        "reads": {"segmented": [10000]},
        "samples": {"original_names": ["Mustermann"]},
        "clones": [{"id": "a", "reads": [9000]}],
    }
)


def zipped(text: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rdml_data.xml", text)
    return raw.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
