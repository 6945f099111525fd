"""Run the command line as `python -m residua`."""

from residua.cli import main

main()
