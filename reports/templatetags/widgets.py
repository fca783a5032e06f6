"""Widgets of fields in our template of a field."""

from django import template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def with_classes(field: BoundField, classes: str) -> SafeString:
    """Return a field's widget with its kind and these as classes, beside its own.

    As crispy's own tag does, but the widget stays as it is: fields are shared (`reports.sections.composed`).
    """
    widget = field.field.widget
    wanted = [*str(widget.attrs.get("class", "")).split(), type(widget).__name__.lower(), *classes.split()]
    if field.errors:
        wanted.append("is-invalid")
    return field.as_widget(attrs={"class": " ".join(dict.fromkeys(wanted))})
