"""Rules in plain Python: who may do what, what a step did, and how a refusal reads."""
