"""How good an automatic reader of MRD is: what it answers, what was true, the measures of both."""
