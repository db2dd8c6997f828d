"""How fast the engine is, beside others that do the same work in the same run."""
