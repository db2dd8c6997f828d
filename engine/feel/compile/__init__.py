"""From the syntax tree to closures: every module here knows some of the tree's nodes; `build` holds them together."""
