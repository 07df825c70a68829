# Read by the `flask` command only, never by the server. What the environment or .env sets goes before it.
FLASK_APP=wsgi:app
CONFER_ENV=development
