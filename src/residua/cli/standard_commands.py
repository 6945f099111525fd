"""What the encoded standards say."""

from __future__ import annotations

from residua.cli.app import ANSWERED, app


@app.command
def standards(name: str | None = None, /) -> int:
    """List the encoded standards and options, or every rule of one with its clause and citation.

    ```
    residua standards
    residua standards eln-all
    residua standards inotuzumab-ozogamicin
    ```

    Parameters
    ----------
    name
        The standard, such as `eln-all` or `nci`, or the option, such as `dli`.
    """
    from residua.main.show_standards import show_standards

    print(show_standards(name))
    return ANSWERED
