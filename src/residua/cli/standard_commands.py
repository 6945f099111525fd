"""What the encoded standards say."""

from __future__ import annotations

from residua.cli.app import ANSWERED, app


@app.command
def standards(name: str | None = None, /) -> int:
    """List the encoded standards and options, or every rule of one with its clause and citation.

    Trials are listed by `trials`; one is shown by its id with every result and its source. A
    standard of several versions shows all; in quotes with its version, one.

    ```
    residua standards
    residua standards eln-all
    residua standards "ctcae 6.0"
    residua standards inotuzumab-ozogamicin
    residua standards ino-vate-2019
    ```

    Parameters
    ----------
    name
        The standard, such as `eln-all` or `nci`, with its version in quotes; the option, such as
        `dli`; `drug-rules` or a regimen, such as `ino-label`; the word `trials`, or the id of a
        trial.
    """
    if name is None:
        from residua.main.list_standards import list_standards

        print(list_standards())
    else:
        from residua.main.show_standards import show_standards

        print(show_standards(name))
    return ANSWERED
