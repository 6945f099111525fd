"""A small FlowJo workspace, written by hand after the form of those that FlowJo 10 writes."""

SPACES = (
    'xmlns:gating="http://www.isac-net.org/std/Gating-ML/v2.0/gating" '
    'xmlns:transforms="http://www.isac-net.org/std/Gating-ML/v2.0/transformations" '
    'xmlns:data-type="http://www.isac-net.org/std/Gating-ML/v2.0/datatypes"'
)
LINEAR = (
    '<transforms:linear transforms:minRange="0" transforms:maxRange="1024" gain="1">'
    '<data-type:parameter data-type:name="{}"/></transforms:linear>'
)
LOG = (
    '<transforms:log transforms:offset="1" transforms:decades="4">'
    '<data-type:parameter data-type:name="{}"/></transforms:log>'
)
BIEX = (
    '<transforms:biex transforms:length="256" transforms:maxRange="262144" transforms:neg="0" '
    'transforms:width="-10" transforms:pos="4.5">'
    '<data-type:parameter data-type:name="{}"/></transforms:biex>'
)
MATRIX = """<transforms:spilloverMatrix transforms:name="{name}" prefix="Comp-" suffix="">
<data-type:parameters><data-type:parameter data-type:name="FL1"/>
<data-type:parameter data-type:name="FL2"/></data-type:parameters>
<transforms:spillover data-type:parameter="FL1">
<transforms:coefficient data-type:parameter="FL1" transforms:value="1"/>
<transforms:coefficient data-type:parameter="FL2" transforms:value="{spill}"/>
</transforms:spillover>
<transforms:spillover data-type:parameter="FL2">
<transforms:coefficient data-type:parameter="FL1" transforms:value="0"/>
<transforms:coefficient data-type:parameter="FL2" transforms:value="1"/>
</transforms:spillover></transforms:spilloverMatrix>"""


def dimension(name, **limits):
    """One gating dimension; `min` and `max` where given."""
    ends = "".join(f' gating:{key}="{value}"' for key, value in limits.items())
    inside = f'<data-type:fcs-dimension data-type:name="{name}"/>'
    return f"<gating:dimension{ends}>{inside}</gating:dimension>"


def rectangle(*dimensions, inside="1"):
    """A rectangle of `dimension`s."""
    body = "".join(dimensions)
    return f'<gating:RectangleGate eventsInside="{inside}">{body}</gating:RectangleGate>'


def corners(*points):
    """Corners of a polygon, or the points of an ellipse."""
    return "".join(
        "<gating:vertex>"
        + "".join(f'<gating:coordinate data-type:value="{value}"/>' for value in point)
        + "</gating:vertex>"
        for point in points
    )


def population(name, gate, *children, count=0):
    """A population on a line of its own, with those below it."""
    below = f"<Subpopulations>{''.join(children)}</Subpopulations>" if children else ""
    return f'\n<Population name="{name}" count="{count}"><Gate>{gate}</Gate>{below}</Population>'


def combination(kind, name, *of, count=0):
    """An AndNode, OrNode or NotNode."""
    dependents = "".join(f'<Dependent name="{path}"/>' for path in of)
    return f'\n<{kind} name="{name}" count="{count}"><Dependents>{dependents}</Dependents></{kind}>'


def sample(*populations, name="one.fcs", number=1, transforms=None, matrix="", keywords=None):
    """A sample with the channels FSC, FL1, FL2, P/A and Time; FSC is linear, FL1 and FL2 biex."""
    held = transforms or [LINEAR.format("FSC"), BIEX.format("FL1"), BIEX.format("FL2")]
    words = {"$P1N": "FSC", "$P2N": "FL1", "$P3N": "FL2", "$P4N": "P/A", "$P5N": "Time"}
    stated = "".join(
        f'<Keyword name="{key}" value="{value}"/>'
        for key, value in (words | (keywords or {})).items()
    )
    return (
        f'\n<Sample><DataSet uri="file:/C:/a%20b/{name}" sampleID="{number}"/>{matrix}'
        f"<Transformations>{''.join(held)}</Transformations><Keywords>{stated}</Keywords>"
        f'<SampleNode name="{name}" count="9" sampleID="{number}"><Subpopulations>'
        f"{''.join(populations)}</Subpopulations></SampleNode></Sample>"
    )


def workspace(*samples, version="20.0"):
    """The whole document."""
    listed = "".join(samples)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Workspace version="{version}" {SPACES}>'
        f"<SampleList>{listed}</SampleList></Workspace>"
    )
