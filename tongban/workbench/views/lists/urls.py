"""Addresses of lists, agreements, the register and responsible persons."""

from django.urls import path

from tongban.workbench.views.lists import agreements, beside, entries, home, register

urlpatterns = [
    path("", home.home, name="lists"),
    path("coverage", home.coverage, name="coverage"),
    path("agreements", agreements.agreements, name="agreements"),
    path("agreements/new", agreements.write, name="agreement-new"),
    path("agreements/<uuid:agreement_id>", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/write", agreements.write, name="agreement-write"),
    path("agreements/<uuid:agreement_id>/sign", agreements.sign, name="agreement-sign"),
    path("agreements/<uuid:agreement_id>/end", agreements.propose_end, name="agreement-end"),
    path("agreements/<uuid:agreement_id>/end/sign", agreements.sign_end, name="agreement-end-sign"),
    path("agreements/<uuid:agreement_id>/end/drop", agreements.drop_end, name="agreement-end-drop"),
    path("rehearsals", beside.rehearsals, name="rehearsals"),
    path("rehearsals/new", beside.rehearse, name="rehearse"),
    path("rehearsals/<uuid:rehearsal_id>/confirm", beside.confirm, name="rehearsal-confirm"),
    path("responsible", beside.responsible, name="responsible"),
    path("responsible/name", beside.name, name="responsible-name"),
    path("responsible/confirm", beside.confirm_all, name="responsible-confirm"),
    path("register", register.register, name="register"),
    path("register/new", register.enter, name="register-new"),
    path("register/<slug:code>", register.enter, name="register-edit"),
    path("register/<slug:code>/settle", register.settle, name="register-settle"),
    path("entries/<uuid:entry_id>", entries.entry, name="list-entry"),
    path("changes/<uuid:change_id>/<slug:verb>", entries.step, name="list-step"),
    path("of/<slug:code>", home.one, name="list"),
    path("of/<slug:code>/choose", entries.choose, name="list-choose"),
    path("of/<slug:code>/<slug:item>/<slug:kind>", entries.propose, name="list-propose"),
]
