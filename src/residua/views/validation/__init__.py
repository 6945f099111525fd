"""What people see of a validation and of a control chart."""
