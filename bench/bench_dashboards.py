"""What the dashboards cost the server over the whole demonstration: 48 sites, 960 people, 3 waves."""

from functools import lru_cache

from bench.run import Work
from bench.services import demonstration
from dashboards.data import Source
from dashboards.pages import PAGES
from dashboards.view import make
from networks import release
from surveys import frames
from surveys.demonstration.shape import Shape
from surveys.studies import find_study


@lru_cache(maxsize=1)
def source() -> Source:
    """The dashboards' source over a demonstration, loaded once."""
    _, store = demonstration(Shape())
    return Source(store)


def showing(name: str, search: str = "?topic=epma") -> Work:
    """A callable that makes a page's whole content."""
    found, page = source(), PAGES[name]
    return lambda: make(found, page, search)


def bench_the_response_page() -> Work:
    """Curves and bars by site and role."""
    return showing("response")


def bench_the_flows_page() -> Work:
    """Map, matrices and list."""
    return showing("flows")


def bench_the_roles_page() -> Work:
    """Heat table and net giving."""
    return showing("roles")


def bench_the_growth_page() -> Work:
    """Curves with their intervals."""
    return showing("growth")


def bench_building_a_release() -> Work:
    """Frames to release, once whenever something changed."""
    _, store = demonstration(Shape(sites=48, people_per_site=20, waves=3))
    with store.reader() as session:
        study = find_study(session).id
        read = [door(session, study) for door in (frames.ties, frames.response, frames.sites, frames.labels)]
    return lambda: release.build(*read, audience=release.ANALYST)
