"""One file per thing that a person, a worker or the clock can ask: load, check, change, save with history."""
