"""Whether two methods agree on the MRD of one sample."""
