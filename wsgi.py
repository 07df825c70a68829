"""The application as a server loads it: `gunicorn wsgi:app`, with every setting from the environment."""

from webapp import create_app

app = create_app()
