"""Waits for a task of an orbit server, without polling."""
