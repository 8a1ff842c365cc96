"""Evaluation: cases with gold labels, metrics, recordings, the gate, and reports."""
