"""The web process's door: `gunicorn wsgi:app` serves all of it."""

from api.app import create_app

app = create_app()
