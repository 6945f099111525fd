"""Lets the tests of this folder, and the page made from them, share `spec_boundaries`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
