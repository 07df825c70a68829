"""Figures: valid Plotly, nothing that needs another host or eval, safe text, and shapes that say what they should."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl
import pytest
from dash import dcc
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboards.figures.arrows import arrow
from dashboards.figures.boundaries import UnreadableBoundaries, rings
from dashboards.figures.england import outline
from dashboards.figures.growth import growth
from dashboards.figures.matrix import site_matrix
from dashboards.figures.net import net_bars
from dashboards.figures.response import rates
from dashboards.figures.theme import BLUE, config, plot_text, spread, wrapped
from dashboards.pages import PAGES
from dashboards.pages.page import Shown
from networks.release import Filters, Release
from tests.dashboards.synthetic import release

DRAWN_HERE = {"scatter", "bar", "heatmap"}
HOSTILE = '<img src=x onerror=alert(1)>&<a href="javascript:x">'


@pytest.fixture(scope="module")
def programme() -> Release:
    return release(count=8, each=10)


def graphs(component: Any) -> Iterator[dcc.Graph]:
    """Every graph in a tree of components."""
    if isinstance(component, dcc.Graph):
        yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, (list, tuple)) else [children]:
        if child is not None and not isinstance(child, (str, int, float)):
            yield from graphs(child)


def all_figures(programme: Release) -> dict[str, Mapping[str, Any]]:
    found = {}
    for name, page in PAGES.items():
        for site in (None, "s1") if "site" in page.uses else (None,):
            shown = Shown(programme, Filters(), site=site, rings=rings())
            found |= {f"{name} {graph.id} {site}": graph.figure for part in page.body(shown) for graph in graphs(part)}
    return found


def test_every_page_has_figures_and_plotly_takes_them(programme: Release) -> None:
    figures = all_figures(programme)
    assert {name.split()[0] for name in figures} == set(PAGES)
    for figure in figures.values():
        go.Figure(figure)  # raises for any key or value that Plotly does not know


def test_no_figure_needs_another_host_or_eval(programme: Release) -> None:
    for name, figure in all_figures(programme).items():
        assert {trace["type"] for trace in figure["data"]} <= DRAWN_HERE, name
        assert not {"geo", "mapbox", "map"} & set(figure["layout"]), name
        assert "http" not in json.dumps(figure, cls=PlotlyJSONEncoder)


def test_figures_are_plain_json_without_gaps_that_browsers_refuse(programme: Release) -> None:
    for figure in all_figures(programme).values():
        json.loads(json.dumps(figure, cls=PlotlyJSONEncoder), parse_constant=pytest.fail)


def test_names_from_data_are_never_markup(programme: Release) -> None:
    labels = programme.labels.with_columns(label=pl.col("label") + pl.lit(HOSTILE))
    sites = programme.sites.with_columns(label=pl.col("label") + pl.lit(HOSTILE))
    hostile = Release(**{**vars(programme), "labels": labels, "sites": sites})
    for name, figure in all_figures(hostile).items():
        text = json.dumps(figure, cls=PlotlyJSONEncoder).replace("<br>", "").replace("<extra></extra>", "")
        assert "<" not in text, name


def test_the_browser_shows_no_toolbar_and_sends_nothing() -> None:
    shown = config()
    assert (shown["displayModeBar"], shown["showSendToCloud"], shown["plotlyServerURL"]) == (False, False, "")


def test_text_is_shortened_before_it_is_made_safe() -> None:
    assert plot_text("a<b", 10) == "a&lt;b"
    assert plot_text("Royal National Hospital", 10) == "Royal Nat…"
    assert wrapped("North East and Yorkshire", 13) == "North East<br>and Yorkshire"


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_labels_moved_apart_do_not_touch_and_keep_their_order(heights: list[float]) -> None:
    moved = spread(heights, 0.05)
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    stands = [moved[place] for place in order]
    assert all(high - low > 0.045 for low, high in pairwise(stands))


def test_labels_far_apart_stay_where_they_are() -> None:
    assert spread([0.9, 0.1], 0.2) == [0.9, 0.1]


def test_an_arrow_ends_short_of_its_getter_and_bows_away_from_its_opposite() -> None:
    there, back = arrow([0, 0], [100, 0], 6, gap=10), arrow([100, 0], [0, 0], 6, gap=10)
    assert 85 < there.outline[:, 0].max() < 95
    assert there.middle[1] * back.middle[1] < 0


@given(st.floats(1, 25), st.tuples(st.floats(-300, 300), st.floats(-300, 300)))
def test_an_arrow_is_a_closed_outline_of_finite_points(width: float, end: tuple[float, float]) -> None:
    drawn = arrow([0.0, 0.0], end, width, gap=10)
    assert np.isfinite(drawn.outline).all()
    assert (drawn.outline[0] == drawn.outline[-1]).all()


def test_the_outline_of_england_closes_round_eight_pieces_of_land() -> None:
    lands = outline()
    assert len(lands) == 8
    for land in lands:
        steps = np.hypot(*np.diff(np.array([*land, land[0]]), axis=0).T)
        assert steps.max() < 0.8  # a border walked the wrong way would jump by degrees


def test_neighbours_share_their_borders_and_no_border_has_three_sides() -> None:
    edges = Counter(frozenset(edge) for land in outline() for edge in pairwise(land) if edge[0] != edge[1])
    assert set(edges.values()) == {1, 2}
    assert sum(count == 2 for count in edges.values()) > 40


def test_boundaries_come_from_a_geojson_file(tmp_path: Path) -> None:
    ring = [[-2, 52], [-1, 52], [-1, 53], [-2, 52]]
    file = tmp_path / "land.json"
    file.write_text(json.dumps({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}))
    (drawn,) = rings(file)
    assert drawn.shape == (4, 2)
    assert 390 < drawn[0, 0] < 410  # the middle meridian lies 400 km east


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type": "Polygon"}', '{"type": "Polygon", "coordinates": []}'])
def test_boundaries_that_cannot_be_drawn_are_refused_with_a_remedy(tmp_path: Path, text: str) -> None:
    file = tmp_path / "land.json"
    file.write_text(text)
    with pytest.raises(UnreadableBoundaries, match="Give a GeoJSON file"):
        rings(file)


def test_bars_say_how_many_more_are_needed() -> None:
    groups = pl.DataFrame(
        {"label": ["Site A", "B"], "rate": [0.1, 0.7], "finished": [1, 7], "invited": [10, 10], "needed": [5, 0]}
    )
    texts = [note["text"] for note in rates(groups, 0.6)["layout"]["annotations"]]
    assert texts == ["B: 7 of 10", "Site A: 1 of 10, 5 more needed"]


def test_net_bars_keep_the_given_order_from_the_top_show_the_sign_and_are_hollow_within_chance() -> None:
    drawn = net_bars(pl.DataFrame({"label": ["A", "B", "C"], "net": [-3, 0, 4], "clear": [False, False, True]}))
    assert drawn["data"][0]["text"] == ["+4", "0", "−3"]
    assert drawn["data"][0]["marker"]["color"] == [BLUE, "white", "white"]


def test_growth_with_one_respondent_draws_a_point_without_a_band() -> None:
    columns = {"wave": [1], "wave_label": ["Wave 1"], "formality": ["informal"], "formality_label": ["Informal"]}
    means = {"mean": [2.0], "low": [None], "high": [None], "counted": ["1 of 4"]}
    drawn = growth(pl.DataFrame(columns | means))
    assert len(drawn["data"][0]["x"]) == 0
    assert drawn["layout"]["xaxis"]["ticktext"] == ["Wave 1<br>1 of 4"]


def test_who_is_counted_takes_another_line_where_many_waves_leave_little_room() -> None:
    waves = 6
    columns = {"wave_label": [f"Wave {wave}" for wave in range(waves)], "counted": ["528 of 960"] * waves}
    same = {"formality": ["formal"] * waves, "formality_label": ["Formal"] * waves, "mean": [1.0] * waves}
    drawn = growth(pl.DataFrame({**columns, **same, "low": [0.9] * waves, "high": [1.1] * waves}))
    assert drawn["layout"]["xaxis"]["ticktext"][0] == "Wave 0<br>528 of<br>960"


def test_figures_on_one_scale_reach_as_high() -> None:
    columns = {"wave_label": ["Wave 1"], "counted": ["1 of 4"], "formality": ["formal"], "formality_label": ["Formal"]}
    rows = pl.DataFrame({**columns, "mean": [1.0], "low": [0.5], "high": [2.0]})
    assert growth(rows)["layout"]["yaxis"]["range"][1] == pytest.approx(2.3)
    assert growth(rows, 4.0)["layout"]["yaxis"]["range"][1] == pytest.approx(4.6)


def test_the_matrix_puts_givers_in_rows() -> None:
    flows = pl.DataFrame({"giver": ["a", "off"], "getter": ["b", "a"], "ties": [3, 9]})
    drawn = site_matrix(flows, pl.DataFrame({"site": ["a", "b"], "label": ["A", "B"], "region": ["N", "S"]}))
    assert [(line["x0"], line["y0"]) for line in drawn["layout"]["shapes"]] == [(-0.5, 0.5), (0.5, -0.5)]
    assert drawn["data"][0]["z"].tolist() == [[0, 3], [0, 0]]
