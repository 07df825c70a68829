"""Where to try it: links and accounts that only the key gives."""

from __future__ import annotations

import pytest

from surveys.demonstration.accounts import demonstration_accounts, keep_accounts, kept_accounts, password_of
from surveys.demonstration.links import OtherKey, waiting_tokens
from surveys.demonstration.load import CODE
from surveys.interviews import has_begun
from surveys.invitations import find_invited
from surveys.store import Store
from surveys.studies import find_study
from tests.small_study import check_password
from tests.surveys.demonstration.loading import (
    KEY,
    NOW,
)


def test_links_are_of_people_of_different_sites_in_the_open_wave_who_have_not_begun(middling: Store) -> None:
    with middling.reader() as session:
        study = find_study(session, CODE)
        tokens = waiting_tokens(session, study, key=KEY, now=NOW, most=5)
        invited = [find_invited(session, token) for token in tokens]
        assert len({each.person.site_id for each in invited}) == 5
        assert {each.wave.number for each in invited} == {2}
        assert not any(has_begun(session, each) or each.invitation.declined_at for each in invited)


def test_there_are_no_links_once_the_wave_is_over(middling: Store) -> None:
    with middling.reader() as session:
        after = NOW.replace(year=NOW.year + 1)
        assert waiting_tokens(session, find_study(session, CODE), key=KEY, now=after, most=6) == []


def test_links_are_refused_under_another_key_with_the_remedy(middling: Store) -> None:
    with middling.reader() as session, pytest.raises(OtherKey, match="Set it back"):
        waiting_tokens(session, find_study(session, CODE), key=b"another", now=NOW, most=6)


def test_accounts_sign_in_with_passwords_that_only_the_key_gives(store: Store) -> None:
    with store.writing() as session:
        keep_accounts(session, KEY, now=NOW)
        keep_accounts(session, KEY, now=NOW)
    with store.writing() as session:
        accounts = kept_accounts(session, KEY)
        assert [account.role for account in accounts] == ["analyst", "evaluator", "administrator"]
        assert accounts == demonstration_accounts(KEY)
        signed_in = [check_password(session, each.email, each.password, now=NOW) for each in accounts]
        assert [account.role for account in signed_in if account] == [account.role for account in accounts]
    assert password_of(KEY, "analyst@example.org") != password_of(b"other", "analyst@example.org")
    assert password_of(KEY, "analyst@example.org") != password_of(KEY, "evaluator@example.org")
