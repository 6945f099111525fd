"""What a laboratory's dilutions and blanks say of its assay."""
