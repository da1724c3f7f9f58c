"""What only the staff's pages need of a template: links of the navigation that know where one is."""

from __future__ import annotations

from django.template import Context, Library
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from tongban.design.templatetags.design.controls import nav_link

register = Library()


@register.simple_tag(takes_context=True)
def side_link(
    context: Context, view: str, text: str, icon_name: str, *, tab: str = "", key: str = ""
) -> SafeString:
    """Return a link of the navigation: current if `section` names it, with its number of `counts`, if there are any.

    :param view: the address's name within the workbench
    :param tab: the list of the desk, for which the address and its number are looked up
    """
    try:
        url = reverse(f"workbench:{view}", args=[tab] if tab else None)
    except NoReverseMatch:
        return SafeString("")
    counts = context.get("counts") or {}
    current = context.get("section") == (tab or view)
    return nav_link(url, text, current=current, icon_name=icon_name, count=counts.get(tab), key=key)
