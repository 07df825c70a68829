"""What an interview's pages cost the server; the first row is a bare Flask POST with a form token and one commit."""

from flask import Flask, redirect
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from sqlalchemy import text
from werkzeug.wrappers import Response

from bench.run import Work
from bench.services import new_service, respondent


def bench_a_bare_post_with_token_and_commit() -> Work:
    """The least that any save could cost here: one row written, on the same store."""
    _, store, _ = new_service()
    app = Flask("bare")
    app.config.update(SECRET_KEY="k" * 48, WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)
    with store.writing() as session:
        session.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, word TEXT)"))
    app.add_url_rule("/token", view_func=generate_csrf, endpoint="token")

    def save() -> Response:
        with store.writing() as session:
            session.execute(text("INSERT INTO note (word) VALUES ('saved')"))
        return redirect("/token", 303)

    app.add_url_rule("/save", view_func=save, methods=["POST"])
    client = app.test_client()
    token = client.get("/token").text
    return lambda: client.post("/save", data={"csrf_token": token})


def bench_a_page_save() -> Work:
    """The page about ego saved again, checks and commit and all."""
    someone = respondent()
    fields = {"csrf_token": someone.token("/about_you"), "site": "A", "role": "pharmacist"}
    return lambda: someone.post("/about_you", fields)


def bench_the_start_page() -> Work:
    """What opening a link costs."""
    someone = respondent()
    return lambda: someone.get("")


def bench_the_page_about_ego() -> Work:
    """A page with three questions."""
    someone = respondent()
    return lambda: someone.get("/about_you")


def bench_a_roster_search() -> Work:
    """What each pause in typing a name costs, over a handful of people."""
    someone = respondent()
    return lambda: someone.get("/advice_names/search?q=khan")
