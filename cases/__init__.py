"""The campaign: a module per noun, models and rules and the handlers that diagrams call."""
