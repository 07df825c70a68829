"""Who the respondent is, for the pages that have to know it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from instruments.responses import Alter, Responses
from instruments.schema import Instrument, OrgTiesPage
from surveys.invitations import Invited
from surveys.tables import Base

_invitation = Base.metadata.tables["invitation"]
_role = Base.metadata.tables["role"]
_site = Base.metadata.tables["site"]
_PLACE = (
    select(_site.c.code.label("site"), _role.c.code.label("role"))
    .select_from(
        _invitation.join(_site, _site.c.id == _invitation.c.site_id).join(_role, _role.c.id == _invitation.c.role_id)
    )
    .where(_invitation.c.id == bindparam("this", type_=_invitation.c.id.type))
)


def with_ego(session: Session, invited: Invited, instrument: Instrument, responses: Responses) -> Responses:
    """The responses with the respondent as they were invited, where a page asks about their site and others.

    A site has no tie to itself, so such a page has to know which one is theirs.
    """
    if not any(isinstance(page, OrgTiesPage) for page in instrument.pages):
        return responses
    place = session.connection().execute(_PLACE, {"this": invited.invitation.id}).one()
    person = invited.person
    return replace(responses, ego=Alter(0, person.name, person.key, place.site, place.role))
