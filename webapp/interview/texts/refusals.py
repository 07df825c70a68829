"""What respondents read in Welsh when something cannot be done: a heading, then what to do; to be read by a speaker."""

from __future__ import annotations

from collections.abc import Mapping

WELSH_REFUSALS: Mapping[str, tuple[str, ...]] = {
    "bad_request": (
        "Ni allem ddarllen hynny",
        "Ewch yn ôl i'r dudalen flaenorol a rhowch gynnig arall arni.",
        "Os gwnaethoch ludo cyfeiriad gwe, gwiriwch eich bod wedi copïo'r cyfan.",
    ),
    "page_too_old": (
        "Bu eich tudalen ar agor yn rhy hir",
        "Ni wnaethom gadw'r hyn a anfonoch. Ewch yn ôl, gwiriwch eich atebion a phwyswch Parhau eto.",
        "Os daw'r dudalen hon eto, efallai fod eich porwr yn rhwystro cwcis. "
        "Caniatewch gwcis i'r wefan hon a rhowch gynnig arall arni.",
    ),
    "not_allowed": ("Ni allwch agor y dudalen hon", "Defnyddiwch y ddolen yn eich e-bost eto."),
    "not_found": (
        "Heb ddod o hyd i'r dudalen",
        "Os gwnaethoch deipio neu ludo'r cyfeiriad gwe, gwiriwch ei fod yn gywir a'ch bod wedi copïo'r cyfan.",
        "Os daethoch o wahoddiad, defnyddiwch y ddolen yn eich e-bost eto.",
    ),
    "unknown_link": (
        "Nid ydym yn adnabod y ddolen hon",
        "Defnyddiwch y ddolen gyfan yn eich gwahoddiad. Mae rhai rhaglenni e-bost yn torri dolenni hir yn ddwy.",
        "Os nad yw'n gweithio o hyd, gofynnwch i'r sawl a'ch gwahoddodd am ddolen newydd.",
    ),
    "wrong_method": (
        "Nid yw'r dudalen hon yn gweithio felly",
        "Ewch yn ôl a defnyddiwch y botymau ar y dudalen.",
    ),
    "too_large": (
        "Mae hynny'n ormod i'w anfon ar unwaith",
        "Ni wnaethom gadw'r hyn a anfonoch.",
        "Ewch yn ôl, gwnewch eich testun yn fyrrach a rhowch gynnig arall arni.",
    ),
    "too_many_tries": ("Gormod o gynigion", "Arhoswch un funud, yna rhowch gynnig arall arni."),
    "our_fault": (
        "Mae'n ddrwg gennym, aeth rhywbeth o'i le",
        "Ein bai ni yw hyn, nid eich bai chi. Mae'r hyn a gadwyd o'r blaen yn ddiogel.",
        "Ewch yn ôl a rhowch gynnig arall arni. Os bydd yn digwydd eto, rhowch gynnig arni yn nes ymlaen.",
    ),
    "busy": (
        "Mae'n ddrwg gennym, rydym yn brysur",
        "Ni allem gadw'r dudalen hon nawr. Nid yw'r hyn a deipioch wedi'i golli: arhoswch eiliad, ewch yn ôl a "
        "phwyswch Parhau eto.",
        "Mae'r hyn a gadwyd o'r blaen yn ddiogel.",
    ),
}
"""By the refusal's name. What its English says stands with the refusal itself."""
