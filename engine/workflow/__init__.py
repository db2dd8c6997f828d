"""The machine: reads diagrams through SpiffWorkflow and moves their tokens, `advance(definition, state, command, now) -> Outcome`."""
