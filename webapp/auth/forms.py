"""The sign-in form."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from surveys.accounts import LONGEST_PASSWORD

LONGEST_EMAIL = 254


class SignInForm(FlaskForm):
    """E-mail address and password, and the page that was asked for before signing in."""

    email = EmailField(
        "E-mail address",
        [InputRequired("Enter your e-mail address"), Length(max=LONGEST_EMAIL, message="Enter a shorter address")],
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password"), Length(max=LONGEST_PASSWORD, message="Enter a shorter password")],
    )
    next = HiddenField()

    def problems(self) -> Sequence[dict[str, str]]:
        """What is wrong, in the order of the fields, each linked to its field."""
        return [{"text": str(field.errors[0]), "href": f"#{field.id}"} for field in self if field.errors]
