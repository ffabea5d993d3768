"""Plain HTML elements for the page: real buttons and headings, for keyboards and readers."""

from __future__ import annotations

from typing import Any

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement


class Tag(TextElement):
    """An element with a text: `Tag("button", "Send", "send", type="button")`.

    Attributes are given by name; `aria_label` becomes aria-label. None leaves one out.
    """

    def __init__(self, tag: str, text: str = "", classes: str = "", **attributes: Any) -> None:
        super().__init__(tag=tag, text=text)
        _dress(self, classes, attributes)


def box(tag: str = "div", classes: str = "", **attributes: Any) -> Element:
    """Return an element that others stand in."""
    element = Element(tag)
    _dress(element, classes, attributes)
    return element


def set_attribute(element: Element, name: str, value: Any) -> None:
    """Set an attribute, or take it away (None); tells the browser only where it changed."""
    if value is None:
        if name in element.props:
            del element.props[name]
            element.update()
    elif element.props.get(name) != value:
        element.props[name] = value
        element.update()


def _dress(element: Element, classes: str, attributes: dict[str, Any]) -> None:
    if classes:
        element.classes(classes)
    for name, value in attributes.items():
        if value is not None:
            element.props[name.rstrip("_").replace("_", "-")] = value
