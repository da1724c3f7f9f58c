"""Sample documents of every kind, about people and matters that are plainly made up."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tongban.lib.ids import new_id
from tongban.papers import actions, rules
from tongban.papers.models import Paper

BODY = "B360702-MZ"
POST = "post:0"
RECEIVED, DECIDED = date(2026, 11, 23), date(2026, 12, 7)
LICENSING = "《中华人民共和国行政许可法》"
SHARED: dict[str, Any] = {
    "body": "赣州市章贡区市场监督管理局",
    "applicant": "申请人甲",
    "item": "食品经营许可（首次申请）",
    "item_code": "11360702MB0000000X4000131012345",
    "case_number": "3607022026112300012",
    "licence": True,
    "handler": "经办人乙",
    "phone": "0797-0000000",
    "address": "赣州市章贡区示例路1号政务服务中心3楼12号窗口",
}
MATERIALS = (
    rules.Material(name="食品经营许可申请书", form="原件", copies=1, pages=4, check="已核对原件，收取原件"),
    rules.Material(name="营业执照", form="电子证照", copies=1, pages=1, check="电子证照系统调取，未收纸质"),
    rules.Material(name="与食品经营相适应的主要设备设施布局、操作流程文件", form="复印件", copies=1, pages=6),
)
REMEDIES = (
    rules.Remedy(
        way="申请行政复议",
        where="赣州市章贡区人民政府",
        within="自收到本决定书之日起六十日内",
        basis="依据《中华人民共和国行政复议法》第二十条",
    ),
    rules.Remedy(
        way="提起行政诉讼",
        where="有管辖权的人民法院",
        within="自收到本决定书之日起六个月内",
        basis="依据《中华人民共和国行政诉讼法》第四十六条",
    ),
)


def content(kind: rules.Kind, **values: Any) -> Any:
    """Return sample content of a kind, with some of its values replaced."""
    return rules.CONTENTS[kind](**{**SHARED, **OWN[kind], **values})


def paper(kind: rules.Kind, *, serial: int = 12, practice: bool = False, **values: Any) -> Paper:
    """Return a sample document, not saved."""
    return actions.paper(
        content(kind, **values),
        body=BODY,
        number=rules.number_text("赣州章贡市监", kind, 2026, serial, practice=practice),
        subject=SUBJECT,
        issued_on=RECEIVED,
        issued_by=POST,
        practice=practice,
    )


SUBJECT: UUID = new_id()
OWN: dict[rules.Kind, dict[str, Any]] = {
    rules.Kind.RECEIPT: {
        "body": "上饶市信州区行政审批局",
        "received_on": RECEIVED,
        "received_time": "10:24",
        "hall": "上饶市信州区政务服务中心",
        "window": "异地通办专窗（A06）",
        "decider": SHARED["body"],
        "materials": MATERIALS,
        "missing": (
            rules.Material(name="从业人员健康证明", problem="申请人承诺于2026年11月30日前补交（容缺）"),
        ),
        "returned": ("营业执照正本",),
        "promised_limit": "5个工作日（自受理之日起）",
        "statutory_limit": "20个工作日（自受理之日起）",
        "next_step": "材料于当日移交赣州市章贡区市场监督管理局审查，由其告知是否受理或者需要补正的全部内容。",
        "next_by": date(2026, 11, 30),
        "delivery": "邮寄送达（收件人付费）",
        "query_page": "https://tongban.example/query",
        "query_code": "8K4T-QW7M-2XHD",
        "track_url": "https://tongban.example/query#3607022026112300012.8K4TQW7M2XHD",
        "notes": ("材料原件由收件地点保管至移交签收为止。", "对收件服务不满意的，可以拨打12345反映。"),
        "copies": 2,
        "bilingual": True,
    },
    rules.Kind.SUPPLEMENT: {
        "received_on": RECEIVED,
        "basis": (f"{LICENSING}第三十二条第一款第四项",),
        "defects": (
            rules.Material(
                name="食品经营许可申请书",
                problem="第3页“经营项目”未填写；法定代表人未签名",
                standard="按样表逐项填写，由法定代表人本人签名并注明日期",
            ),
            rules.Material(
                name="设备设施布局图",
                problem="未标注各功能区面积",
                standard="A4纸绘制，标注各功能区名称、面积和操作流程走向",
            ),
        ),
        "supply_by": date(2026, 12, 14),
        "supply_where": (
            "到任一政务服务中心异地通办专窗提交",
            "邮寄至：赣州市章贡区示例路1号，市场监督管理局收",
            "登录江西政务服务网上传电子件",
        ),
        "when_late": "逾期未补正且未说明理由的，本机关将依照规定处理，并另行书面告知。",
    },
    rules.Kind.ACCEPTANCE: {
        "received_on": RECEIVED,
        "accepted_on": date(2026, 11, 25),
        "basis": (f"{LICENSING}第三十二条第一款第五项",),
        "materials": MATERIALS,
        "promised_limit": "5个工作日",
        "statutory_limit": "20个工作日",
        "due_on": date(2026, 12, 2),
        "uncounted": "现场核查所需时间依法不计入办理期限，本机关将另行书面告知所需时间。",
        "delivery": "邮寄送达",
    },
    rules.Kind.NOT_NEEDED: {
        "received_on": RECEIVED,
        "basis": (f"{LICENSING}第三十二条第一款第一项",),
        "reasons": ("仅销售预包装食品，按照规定实行备案管理，不需要取得食品经营许可",),
        "advice": "可以在同一窗口或者江西政务服务网办理“仅销售预包装食品备案”",
        "returned": ("营业执照复印件",),
    },
    rules.Kind.NOT_ACCEPTED: {
        "received_on": RECEIVED,
        "basis": (f"{LICENSING}第三十二条第一款第二项",),
        "reasons": ("经营场所位于赣州市南康区，该申请由经营场所所在地的机关办理",),
        "competent": "赣州市南康区市场监督管理局",
        "competent_address": "赣州市南康区示例大道2号",
        "remedies": REMEDIES,
    },
    rules.Kind.PAUSE: {
        "accepted_on": date(2026, 11, 25),
        "basis": (f"{LICENSING}第四十五条",),
        "ground": "检验、检测",
        "from_on": date(2026, 11, 27),
        "expected": "10个工作日",
        "used": "2个工作日",
        "until": "检验机构出具检验报告之日",
        "wanted": "配合检验机构取样",
    },
    rules.Kind.RESUME: {
        "basis": (f"{LICENSING}第四十五条",),
        "ground": "检验、检测",
        "paused_on": date(2026, 11, 27),
        "resumed_on": date(2026, 12, 11),
        "uncounted": "10个工作日",
        "due_on": date(2027, 1, 5),
        "due_provisional": True,
    },
    rules.Kind.EXTENSION: {
        "accepted_on": date(2026, 11, 25),
        "basis": (f"{LICENSING}第四十二条第一款",),
        "old_due_on": date(2026, 12, 23),
        "extended_by": "10个工作日",
        "due_on": date(2027, 1, 7),
        "due_provisional": True,
        "reasons": ("经营场所需要整改后再次核查，不能在原定期限内完成",),
        "approved_by": "本机关负责人",
    },
    rules.Kind.GRANT: {
        "accepted_on": date(2026, 11, 25),
        "basis": (f"{LICENSING}第三十四条、第三十八条第一款",),
        "decided": "本机关决定准予行政许可",
        "result": "食品经营许可证",
        "result_number": "JY00000000000000",
        "valid_from": DECIDED,
        "valid_until": date(2031, 12, 6),
        "delivery": "邮寄送达",
        "deliver_by": date(2026, 12, 21),
        "conditions": ("在许可的经营项目范围内从事经营活动", "许可事项变化的，在规定期限内申请变更"),
    },
    rules.Kind.REJECT: {
        "accepted_on": date(2026, 11, 25),
        "basis": (f"{LICENSING}第三十八条第二款",),
        "facts": "2026年12月1日，本机关两名工作人员对申请的经营场所进行现场核查，食品处理区与卫生间直接相通。",
        "reasons": ("经营场所布局不符合食品经营许可审查的要求", "经告知整改后，申请人书面表示不再整改"),
        "remedies": REMEDIES,
        "returned": ("租赁合同原件",),
    },
    rules.Kind.WITHDRAWAL: {
        "received_on": RECEIVED,
        "withdrawn_on": date(2026, 11, 26),
        "reason": "经营计划调整",
        "returned": ("食品经营许可申请书原件1份", "租赁合同原件1份"),
    },
    rules.Kind.LAPSE: {
        "received_on": RECEIVED,
        "asked_on": date(2026, 11, 25),
        "supply_limit": "15个工作日",
        "supply_until": date(2026, 12, 16),
        "lapsed_on": date(2026, 12, 17),
        "notes": ("补正期限和逾期未补正的处理为示例，启用前须由决定机关确认",),
    },
    rules.Kind.CUSTODY_SLIP: {
        "body": "上饶市信州区行政审批局",
        "giver": "上饶市信州区政务服务中心（异地通办专窗）",
        "giver_person": "经办人乙",
        "given_at": "2026年11月23日 16:05",
        "taker": SHARED["body"],
        "taker_person": "",
        "taken_at": "",
        "by_way_of": "邮政特快专递，单号 EX000000000CN",
        "materials": MATERIALS,
        "remark": "营业执照已当场核对并退还申请人，未随件移交。",
    },
    rules.Kind.DEEMED_ACCEPTANCE: {
        "basis": (f"{LICENSING}第三十二条第一款第四项",),
        "received_on": RECEIVED,
        "hall": "上饶市信州区政务服务中心",
        "notice_limit": "5个工作日",
        "notice_until": date(2026, 11, 30),
        "promised_limit": "5个工作日",
        "statutory_limit": "20个工作日",
        "due_on": date(2026, 11, 30),
    },
    rules.Kind.OBSTACLE: {
        "body": "上饶市信州区政务服务中心",
        "reported_on": RECEIVED,
        "hall": "上饶市信州区政务服务中心“办不成事”反映窗口",
        "problem": "受理地系统查不到申请人户籍档案，窗口两次联系未得到答复，申请人已第二次到场。",
        "cause": "户籍档案尚未电子化，需要受理地派出所人工查档。",
        "wished": "希望在11月30日前告知能否办理，不需要本人再往返。",
        "owner": "赣州市章贡区公安局",
        "owner_phone": "0797-0000001",
        "answer_by": date(2026, 11, 30),
        "track_url": "https://tongban.example/query#3607022026112300012.8K4TQW7M2XHD",
        "notes": ("答复期限前未得到答复的，可以拨打12345反映。",),
        "licence": False,
    },
    rules.Kind.DELIVERY_NOTE: {
        "recipient": "申请人甲",
        "documents": (
            rules.Delivered(title="准予行政许可决定书", number="（赣州章贡市监）准字〔2026〕第00012号"),
            rules.Delivered(title="食品经营许可证（正本、副本）", number="JY00000000000000", copies=2),
        ),
        "method": "邮寄送达",
        "sent_on": date(2026, 12, 8),
        "place": "上饶市信州区示例街3号",
        "courier": "邮政特快专递，单号 EX000000001CN",
    },
}
