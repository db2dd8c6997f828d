"""The values of FEEL and what can be done to them, independent of any expression."""
