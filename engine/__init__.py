"""The BPM engine: it knows no hazard and no Flask."""
