"""What generated modules stand on. Their users import from the package around it."""
