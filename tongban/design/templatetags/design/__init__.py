"""The components of every page: `{% load design %}`. Each is shown with an example in docs/guide/design.md."""

from django.template import Library

from tongban.design.templatetags.design import blocks, controls, fields, marks, page

register = Library()
for part in (marks, controls, blocks, fields, page):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
