"""`residua validate`: a laboratory's series, measured, judged, reported."""
