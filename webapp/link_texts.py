"""The words of the pages behind posters and "unsubscribe", in English and in Welsh (to be read by a Welsh speaker)."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.interview.texts import texts

ENGLISH = {
    "join_title": "Take part",
    "join_lead": ("{who} asks people at {site} whom they talk to about their work. You do not need to give your name."),
    "join_role": "What is your role?",
    "join_role_empty": "Select your role",
    "join_next": "On the next page you get a link of your own. Keep it to come back later.",
    "join_button": "Continue",
    "join_many": "Many people are using this link now. Wait one minute, then try again.",
    "join_full": "As many people as can have used this link. Thank you for wanting to take part.",
    "stop_title": "Do you want no more mail from us?",
    "stop_lead": "We wrote to you about {study}. We can stop writing to you about it, now and in later rounds.",
    "stop_button": "Stop writing to me",
    "stopped_title": "We will not write to you again",
    "stopped_text": "We will not write to you about {study} any more. You can close this page.",
    "stopped_again": "Changed your mind?",
    "stopped_undo": "Write to me again",
    "stopped_back": "Let us write to you again",
    "stop_many": "This was pressed many times. Wait one minute, then try again.",
}
WELSH = {
    "join_title": "Cymryd rhan",
    "join_lead": (
        "Mae {who} yn gofyn i bobl yn {site} gyda phwy y maent yn siarad am eu gwaith. "
        "Nid oes angen i chi roi eich enw."
    ),
    "join_role": "Beth yw eich rôl?",
    "join_role_empty": "Dewiswch eich rôl",
    "join_next": "Ar y dudalen nesaf cewch eich dolen eich hun. Cadwch hi i ddod yn ôl yn nes ymlaen.",
    "join_button": "Parhau",
    "join_many": "Mae llawer o bobl yn defnyddio'r ddolen hon nawr. Arhoswch un funud, yna rhowch gynnig arall arni.",
    "join_full": "Mae cynifer o bobl ag sy'n cael wedi defnyddio'r ddolen hon. Diolch am fod eisiau cymryd rhan.",
    "stop_title": "Ydych chi am gael dim mwy o negeseuon gennym?",
    "stop_lead": (
        "Rydym wedi ysgrifennu atoch am {study}. Gallwn beidio ag ysgrifennu atoch amdani, nawr ac mewn rowndiau "
        "diweddarach."
    ),
    "stop_button": "Peidiwch ag ysgrifennu ataf",
    "stopped_title": "Ni fyddwn yn ysgrifennu atoch eto",
    "stopped_text": "Ni fyddwn yn ysgrifennu atoch am {study} mwyach. Gallwch gau'r dudalen hon.",
    "stopped_again": "Wedi newid eich meddwl?",
    "stopped_undo": "Ysgrifennwch ataf eto",
    "stopped_back": "Gadewch i ni ysgrifennu atoch eto",
    "stop_many": "Pwyswyd hwn lawer gwaith. Arhoswch un funud, yna rhowch gynnig arall arni.",
}
OWN: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "cy": WELSH}


def link_words(language: str) -> Mapping[str, str]:
    """The words of these pages in a language, and those that all respondents' pages have."""
    return {**texts(language), **OWN.get(language, ENGLISH)}
