"""What the tasks on raw flow files share: plans, open files, compensation, counts, quality."""
