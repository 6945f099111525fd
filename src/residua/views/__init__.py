"""What people see; decides nothing. Verbs: draw, write."""
