"""The demonstration: ten weeks of the campaign in an invented town, told by the product's own commands under a clock of their own."""
