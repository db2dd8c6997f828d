"""A Django app, because viewflow finds a flow by the app in which it stands."""
