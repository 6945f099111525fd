"""The command line: `main` runs it, `app` holds its commands."""

from residua.cli.app import app as app
from residua.cli.door import main as main
