"""A procedure as a picture: boxes, arrows, and the boxes where a case stands lit up.

Graphviz lays it out and draws it. Its fonts are the ones that matplotlib brings, so that the
picture reads the same on a machine that has none. Never colour alone: a lit box has a thick
frame and a mark, one that comes next another mark, one that is behind it a dashed frame.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

import matplotlib

FONT: Final = "DejaVu Sans"
INK: Final = "#1f2933"
QUIET: Final = "#52606d"
PAPER: Final = "#ffffff"
BOX: Final = "#eef3f8"
LIT: Final = "#ffe0a3"
BEGIN: Final = "#d7efe3"
END: Final = "#e8e2f4"
FRAME: Final = "#5b7083"
LIT_FRAME: Final = "#b35900"
TITLE_CHARS: Final = 24
"""Characters of a line in a box: three boxes beside each other fit a phone's width."""
SAID_CHARS: Final = 22
PNG_DPI: Final = "110"


def make(values: Mapping[str, Any]) -> bytes:
    """Return the picture as `values["form"]`: "png" or "svg"."""
    with tempfile.TemporaryDirectory(prefix="kier-fonts-") as folder:
        _bring_fonts(Path(folder))
        import pygraphviz  # after the fonts: they are looked up when it is loaded

        graph = pygraphviz.AGraph(directed=True, strict=False, **_graph(values))
        graph.node_attr.update(fontname=FONT, shape="box", margin="0.14,0.09", color=FRAME)
        graph.edge_attr.update(
            fontname=FONT, fontsize="11", fontcolor=QUIET, color=FRAME, arrowsize="0.7"
        )
        for box in values["boxes"]:
            graph.add_node(box["id"], label=_label(box), **_look(box))
        for number, (title, ids) in enumerate(values["groups"]):
            graph.add_subgraph(
                ids,
                name=f"cluster{number}",
                label=title,
                fontname=FONT,
                style="rounded",
                color=FRAME,
                bgcolor="#f8fafc",
            )
        for arrow in values["arrows"]:
            style = "dashed" if arrow["waits"] else "solid"
            graph.add_edge(arrow["start"], arrow["to"], label=_said(arrow["said"]), style=style)
        drawn: bytes = graph.draw(format=values["form"], prog="dot")
        return drawn


def _bring_fonts(folder: Path) -> None:
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    conf = folder / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(fonts))}</dir><cachedir>{escape(str(folder))}</cachedir></fontconfig>"
    )
    os.environ["FONTCONFIG_FILE"] = str(conf)


def _graph(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "label": values["title"],
        "labelloc": "t",
        "fontname": FONT,
        "fontsize": "22",
        "fontcolor": INK,
        "bgcolor": PAPER,
        "rankdir": "TB",
        "nodesep": "0.25",
        "ranksep": "0.45",
        "pad": "0.3",
        "dpi": PNG_DPI,
    }


def _look(box: Mapping[str, Any]) -> dict[str, str]:
    fill = {"start": BEGIN, "end": END}.get(box["shape"], BOX)
    look = {"style": "filled,rounded", "fillcolor": fill, "penwidth": "1.2"}
    if box["state"] == "here":
        return look | {"fillcolor": LIT, "color": LIT_FRAME, "penwidth": "4"}
    if box["state"] == "next":
        return look | {"color": LIT_FRAME, "penwidth": "4"}
    if box["state"] == "done":
        return look | {"style": "filled,rounded,dashed"}
    return look


def _label(box: Mapping[str, Any]) -> str:
    mark = {"here": "▶ ", "next": "▷ ", "done": "✓ "}.get(box["state"], "")
    lines = [f"<b>{line}</b>" for line in _wrapped(mark + box["title"], TITLE_CHARS)]
    small = [line for each in box["when"].splitlines() for line in _wrapped(each, TITLE_CHARS + 6)]
    lines += [f'<font point-size="11">{line}</font>' for line in small]
    if box["source"]:
        source = escape(box["source"])
        lines.append(f'<font point-size="10" color="{QUIET}">{source}</font>')
    return f"<{'<br/>'.join(lines)}>"


def _said(said: list[str]) -> str:
    lines = [line for one in said for line in wrap(f"• {one}", SAID_CHARS)]
    return "".join(f"{line}\\l" for line in lines)


def _wrapped(text: str, width: int) -> Iterator[str]:
    yield from (escape(line) for line in wrap(text, width))
