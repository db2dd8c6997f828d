"""Pages, a folder per page."""
