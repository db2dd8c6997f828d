"""The only place that writes SQL for the engine."""
