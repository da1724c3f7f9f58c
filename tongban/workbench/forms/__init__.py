"""Forms of the staff's door: they clean words and know no table."""

from tongban.workbench.forms.draft import DraftForm, flat
from tongban.workbench.forms.lacking import lacking
from tongban.workbench.forms.plain import AnswerForm, ObstacleForm, SignInForm, UrgeForm
from tongban.workbench.forms.put import put

__all__ = ["AnswerForm", "DraftForm", "ObstacleForm", "SignInForm", "UrgeForm", "flat", "lacking", "put"]
