"""The campaign: places, hazards, parties, penalties, papers, and the handlers with which diagrams change them."""
