"""The data model: briefs, the evidence in them, and the drafts the model fills."""
