"""Which standards speak of response, MRD and relapse: in this order they are judged and shown."""

BOOKS = ("eln_all", "nci", "cibmtr", "nccn", "inovate", "ponte_di_legno", "mrd_terms")
