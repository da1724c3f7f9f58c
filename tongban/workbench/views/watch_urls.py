"""Addresses of `watch` and `urging`, and of the slips."""

from django.urls import path, re_path

from tongban.cases.queries.watch import GROUPS
from tongban.workbench.views import slips, urging, watch

urlpatterns = [
    path("watch", watch.watch, name="watch"),
    re_path(rf"^watch/(?P<group>{'|'.join(GROUPS)})$", watch.watch, name="watch"),
    path("urged", watch.urged, name="urged"),
    path("parts/<uuid:part_id>/urge", urging.urge, name="urge"),
    path("obstacles/<uuid:obstacle_id>/urge", urging.urge_about, name="urge-about"),
    path("urgings/<uuid:urging_id>/answer", urging.answer, name="answer-urging"),
    path("transfers/<uuid:transfer_id>/slip", slips.custody_slip, name="custody-slip"),
    path("obstacles/<uuid:obstacle_id>/slip", slips.obstacle_slip, name="obstacle-slip"),
    path("obstacles/<uuid:obstacle_id>/slip/pdf", slips.obstacle_slip_pdf, name="obstacle-slip-pdf"),
]
