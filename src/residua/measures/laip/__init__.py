"""The leukaemia-associated immunophenotype (LAIP) of one patient, and where it may have moved."""
