"""A coarse outline of England's seven NHS regions, drawn by hand from borders that neighbours share."""

from collections.abc import Mapping, Sequence

Line = Sequence[tuple[float, float]]

_TWEED, _KIELDER, _GRETNA = (-2.03, 55.81), (-2.68, 55.20), (-3.05, 54.98)
_SADDLEWORTH, _WHITCHURCH, _WYE = (-1.88, 53.53), (-2.85, 52.92), (-2.66, 51.83)
_STOUR, _OUSE, _COLNE, _DARENT = (-1.62, 52.00), (-0.88, 52.05), (-0.50, 51.62), (0.21, 51.49)
_AVON, _NENE, _TETNEY = (-1.69, 50.74), (0.18, 52.82), (0.08, 53.48)

_BORDERS: Mapping[str, Line] = {
    "scotland east": (_KIELDER, (-2.20, 55.43), (-2.33, 55.63), _TWEED),
    "scotland west": (_GRETNA, _KIELDER),
    "coast north east": (
        *(_TWEED, (-1.68, 55.60), (-1.57, 55.36), (-1.42, 55.02), (-1.35, 54.90), (-1.18, 54.68), (-0.97, 54.61)),
        *((-0.60, 54.49), (-0.38, 54.28), (-0.08, 54.12), (-0.18, 53.92), (0.02, 53.70), (0.12, 53.60), (-0.25, 53.71)),
        *((-0.05, 53.58), _TETNEY),
    ),
    "coast lincolnshire": (_TETNEY, (0.25, 53.35), (0.35, 53.15), (0.15, 53.00), (0.02, 52.90), _NENE),
    "coast east": (
        *(_NENE, (0.37, 52.80), (0.48, 52.95), (0.85, 52.98), (1.30, 52.94), (1.66, 52.75), (1.74, 52.60)),
        *((1.76, 52.48), (1.63, 52.27), (1.58, 52.08), (1.33, 51.94), (1.22, 51.80), (0.90, 51.73), (0.95, 51.62)),
        *((0.72, 51.53), (0.45, 51.51), _DARENT),
    ),
    "coast south east": (
        *(_DARENT, (0.45, 51.46), (0.75, 51.47), (1.10, 51.37), (1.44, 51.38), (1.40, 51.15), (1.15, 51.06)),
        *((0.97, 50.91), (0.60, 50.85), (0.27, 50.74), (-0.15, 50.82), (-0.80, 50.72), (-1.10, 50.79), (-1.32, 50.87)),
        *((-1.38, 50.78), (-1.55, 50.71), _AVON),
    ),
    "coast south west": (
        *(_AVON, (-1.95, 50.70), (-1.95, 50.59), (-2.45, 50.52), (-2.95, 50.72), (-3.40, 50.61), (-3.50, 50.40)),
        *(
            (-3.65, 50.22),
            (-4.13, 50.34),
            (-4.70, 50.30),
            (-5.05, 50.10),
            (-5.20, 49.96),
            (-5.55, 50.08),
            (-5.71, 50.07),
        ),
        *(
            (-5.45, 50.22),
            (-5.05, 50.43),
            (-4.90, 50.58),
            (-4.55, 50.83),
            (-4.53, 51.02),
            (-4.22, 51.08),
            (-4.20, 51.20),
        ),
        *((-3.48, 51.21), (-3.00, 51.22), (-2.97, 51.36), (-2.72, 51.52), (-2.42, 51.74), (-2.66, 51.62), _WYE),
    ),
    "wales south": (_WYE, (-3.05, 51.93), (-3.13, 52.15), (-3.00, 52.35), (-3.15, 52.55), (-3.05, 52.80), _WHITCHURCH),
    "coast north west": (
        *(_WHITCHURCH, (-2.88, 53.15), (-3.08, 53.25), (-3.18, 53.38), (-2.98, 53.38), (-3.07, 53.55), (-2.95, 53.70)),
        *(
            (-3.05, 53.78),
            (-3.03, 53.92),
            (-2.85, 54.05),
            (-2.82, 54.20),
            (-3.05, 54.18),
            (-3.20, 54.08),
            (-3.40, 54.28),
        ),
        *((-3.62, 54.50), (-3.50, 54.72), (-3.38, 54.88), _GRETNA),
    ),
    "pennines": (
        *(_KIELDER, (-2.55, 54.95), (-2.33, 54.80), (-2.30, 54.62), (-2.17, 54.46), (-2.32, 54.25), (-2.46, 54.05)),
        *((-2.18, 53.95), (-2.05, 53.83), (-2.12, 53.68), _SADDLEWORTH),
    ),
    "humber": (_SADDLEWORTH, (-1.80, 53.45), (-1.60, 53.32), (-1.20, 53.32), (-0.95, 53.47), (-0.40, 53.43), _TETNEY),
    "cheshire": (_WHITCHURCH, (-2.50, 52.98), (-2.10, 53.17), (-1.98, 53.28), _SADDLEWORTH),
    "fens": (_NENE, (0.10, 52.68), (-0.45, 52.64), (-0.40, 52.45), (-0.60, 52.28), _OUSE),
    "cherwell": (_OUSE, (-1.15, 52.02), (-1.30, 52.15), _STOUR),
    "cotswolds": (_STOUR, (-1.85, 52.05), (-2.15, 52.02), (-2.40, 51.97), _WYE),
    "wessex": (_STOUR, (-1.70, 51.75), (-1.62, 51.55), (-1.55, 51.30), (-1.68, 51.15), (-1.75, 50.97), _AVON),
    "chilterns": (_OUSE, (-0.70, 51.93), (-0.62, 51.78), _COLNE),
    "london north": (_COLNE, (-0.30, 51.66), (-0.02, 51.68), (0.15, 51.62), (0.28, 51.56), _DARENT),
    "london south": (_COLNE, (-0.50, 51.43), (-0.32, 51.33), (-0.05, 51.30), (0.08, 51.32), (0.15, 51.42), _DARENT),
}
"""Each border once: (longitude, latitude) from one meeting point to the next."""

_ROUND: Mapping[str, Sequence[str]] = {
    "North East and Yorkshire": ("scotland east", "coast north east", "-humber", "-pennines"),
    "North West": ("scotland west", "pennines", "-cheshire", "coast north west"),
    "Midlands": ("cheshire", "humber", "coast lincolnshire", "fens", "cherwell", "cotswolds", "wales south"),
    "East of England": ("coast east", "-london north", "-chilterns", "-fens"),
    "London": ("london north", "-london south"),
    "South East": ("chilterns", "london south", "coast south east", "-wessex", "-cherwell"),
    "South West": ("wessex", "coast south west", "-cotswolds"),
}
"""Which borders go round each region; a minus walks one backwards."""

_WIGHT: Line = ((-1.30, 50.76), (-1.07, 50.68), (-1.30, 50.58), (-1.58, 50.66), (-1.30, 50.76))


def _walk(names: Sequence[str]) -> Line:
    points: list[tuple[float, float]] = []
    for name in names:
        border = _BORDERS[name.removeprefix("-")]
        points += reversed(border) if name.startswith("-") else border
    return points


def outline() -> list[Line]:
    """The land as closed rings of (longitude, latitude), one a region, and the Isle of Wight."""
    return [*(_walk(names) for names in _ROUND.values()), _WIGHT]
