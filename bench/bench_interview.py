"""What an interview's pages cost the server; the first row is a bare Flask POST with a form token and one commit."""

from dataclasses import replace
from itertools import cycle
from pathlib import Path

from flask import Flask, redirect
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from sqlalchemy import text
from werkzeug.wrappers import Response

from bench.run import Work
from bench.services import NOW, new_service, respondent
from instruments import load
from instruments.responses import Alter, Nomination, Responses
from instruments.route import Step
from surveys.studies import publish_instrument
from tests.small_study import make_small_study
from webapp.interview.asking import form_of, render
from webapp.preview.sample import Wanted, sample_visit

GDE = (Path(load.__file__).parent / "library" / "gde.yaml").read_text(encoding="utf-8")
QUESTIONS = "".join(
    f"      - {{id: q{number}, type: single, label: Question {number}, options: [often, sometimes, rarely, never]}}\n"
    for number in range(20)
)
TWENTY = f"""
instrument: {{id: twenty, version: 1.0.0, title: Twenty questions}}
relations: {{advice: {{label: asks}}}}
pages:
  - {{id: consent, type: consent, version: 1, text: Please read., statements: [{{id: agree, label: I agree}}]}}
  - id: many
    type: form
    items:
{QUESTIONS}
  - id: names
    type: name_generator
    relation: advice
    modes: [recall]
    none_option: Nobody
    prompts: [{{id: any, text: Who?}}]
  - {{id: done, type: finish}}
ties: {{advice: {{from: names}}}}
"""


def drawing(source: str, step: Step, people: int = 3) -> Work:
    """A callable that makes one page's form and draws it."""
    app, store, key = new_service()
    with store.writing() as session:
        small = make_small_study(session, now=NOW, key=key)
        source = source.replace("version: 1.0.0", "version: 1.0.1")
        version = publish_instrument(session, small.study, source, now=NOW).id
    context = app.test_request_context("/")
    context.push()
    visit = sample_visit(store.reader(), version, Wanted(1, "", "en"), now=NOW)
    visit = replace(visit, current=replace(visit.current, responses=named(people)))
    return lambda: render(visit, form_of(visit, step), step)


def named(people: int) -> Responses:
    """That many people, all named on the page of names."""
    alters = tuple(Alter(number, f"Person {number}", detail="Nurse, Site A") for number in range(1, people + 1))
    return Responses(
        alters=alters, nominations=tuple(Nomination("advice_names", "any", alter.number) for alter in alters)
    )


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


def bench_a_page_save_that_changes_an_answer() -> Work:
    """The same page with another role each time, so that an answer is written too."""
    someone = respondent()
    fields = {"csrf_token": someone.token("/about_you"), "site": "A"}
    roles = cycle(("doctor", "pharmacist"))
    return lambda: someone.post("/about_you", {**fields, "role": next(roles)})


def bench_the_start_page() -> Work:
    """What opening a link costs."""
    someone = respondent()
    return lambda: someone.get("")


def bench_the_page_about_ego() -> Work:
    """A page with three questions."""
    someone = respondent()
    return lambda: someone.get("/about_you")


def bench_drawing_a_page_of_twenty_questions() -> Work:
    """Only the form and its template, without a request's session and database: the aim is 3 ms."""
    return drawing(TWENTY, Step("many"))


def bench_drawing_a_grid_of_eight_people_by_six_topics() -> Work:
    """Ninety-six boxes: the aim is 5 ms."""
    return drawing(GDE, Step("topic_grid"), people=8)


def bench_a_roster_search() -> Work:
    """What each pause in typing a name costs, over a handful of people."""
    someone = respondent()
    return lambda: someone.get("/advice_names/search?q=khan")
