"""A place taken through the town from its find to 销号: discovery, every hazard, acceptance, closure; each in their own name."""

import json

from tests.forms import filled, filled_acceptance, filled_place

FINDER, CENTRE, CENTRE_TOO, OFFICE, OFFICE_TOO = "chen.amei", "wang.zhiqiang", "li.min", "zhou.ping", "xu.jing"
LEADER, LEADER_TOO, IMPLEMENTER = "wu.hai", "he.yun", "lu.gen"
RECHECKERS = ("pan.yue", "tao.jun")
#: Who answers for which enterprise.
HEADS = {"昆港五金制品有限公司": "zheng.qiang", "陈坊资产经营有限公司": "zhou.dahai", "文翔包装材料厂": "feng.lan"}
#: Who approves a disposition at which level.
APPROVERS = {"安委办": OFFICE, "分管领导": LEADER, "主要领导": "gu.changming"}
#: Who signs for which group of an acceptance.
ACCEPTORS = {
    "居村@陈坊村居委会": FINDER, "应急管理中心": CENTRE_TOO, "行业部门@应急管理中心": "su.wen", "复查组@城管中队": "zhao.lei",
    "复查组@派出所": "qian.fang", "复查组@消防救援站": "sun.wei", "安委办": OFFICE, "分管领导": LEADER,
}  # fmt: skip


class PlaceCase:
    """One place. `intake`, `key`: the instances of its discovery and of its main process; `no`: its number on the ledger."""

    def __init__(self, town, day="2024-04-01", **variables):
        self.town, self.key, self.no = town, None, None
        self.at(f"{day}T10:00")
        self.intake = town.person(FINDER).start("discovery_intake", variables)

    def at(self, moment):
        """The town's clock stands there."""
        self.town.set_clock(moment)
        return self

    def do(self, who, element, data=None, instance=None):
        """Somebody takes the task out of their queue and hands it in -> its key."""
        return self.town.person(who).do(instance or self.key, element, data)

    def listed(self, **report):
        """登记, 核实; a major one is approved by the town's office. -> the main process is under way."""
        self.do(FINDER, "report_place", filled_place.report_place(**report), self.intake)
        self.at("2024-04-02T15:00").do(CENTRE, "check_report", filled_place.check_report(), self.intake)
        if any(hazard["grade"] == "重大" for hazard in report.get("hazards", ())):
            self.do(OFFICE, "approve_listing", filled_place.approve_listing(), self.intake)
        self.no = json.loads(self.town.person(CENTRE).variables(self.intake)["case_no"])
        self.key = self.town.wait(self._begun)
        return self

    def _begun(self):
        # All of them: keys come in blocks, a block to a process, so the newest need not have the highest.
        asked = {"filter": {"processDefinitionId": "place_case", "state": "ACTIVE"}, "page": {"limit": 100}}
        for found in self.town.person("jiang.audit").json("POST", "/v2/process-instances/search", asked)["items"]:
            if self.value("case_no", found["processInstanceKey"]) == self.no:
                return found["processInstanceKey"]
        return None

    def value(self, name, instance=None):
        """A variable as it stands."""
        text = self.town.person("jiang.audit").variables(instance or self.key).get(name)
        return text and json.loads(text)

    def assigned(self):
        """确认等级和处置方式 as suggested, 批准 where it takes a leader, 分派, 签收."""
        level, suggested = self.value("risk")["level"], self.value("suggestion")["disposition"]
        self.do(CENTRE, "confirm_grading", filled_place.confirm_grading(level, suggested))
        approver = APPROVERS.get(self.value("disposition")["approver"])
        if approver:
            self.do(approver, "approve_disposition", filled_place.approve_disposition())
        self.do(OFFICE, "assign_place", filled_place.assign_place(leader="吴海" if level == "重大" else None))
        self.do(IMPLEMENTER, "acknowledge_case", filled_place.acknowledge_case())
        return self

    def called(self, process, parent=None):
        """{hazard number or None: instance} of the living children of a process."""
        asked = {"filter": {"processDefinitionId": process, "parentProcessInstanceKey": parent or self.key, "state": "ACTIVE"}}
        found = self.town.person("jiang.audit").json("POST", "/v2/process-instances/search", asked)["items"]
        return {self.value("hazard_no", one["processInstanceKey"]): one["processInstanceKey"] for one in found}

    def hazard(self, number=1):
        """The instance that puts one of its hazards right."""
        return self.called("hazard_rectification")[f"{self.no}-{number:02d}"]

    def rechecked(self, instance, data, day):
        """复查 by two officers, each in a sign-in of their own."""
        self.at(f"{day}T11:00")
        photos = [filled.photo("复查.jpg", f"{day}T10:05+08:00")]
        data["recheck"] |= {"visited_at": f"{day}T10:00+08:00", "photos": photos}
        task = self.do(RECHECKERS[0], "recheck", data, instance)
        self.town.person(RECHECKERS[1]).sign_in().json("POST", f"/api/tasks/{task}/confirmation", status=204)
        return self

    def acceptance_signed(self, day, refusing=None):
        """Every group of the chain signs its own opinion, stage after stage -> the groups in the order in which they were asked."""
        self.at(f"{day}T14:00")
        (instance,) = self.called("graded_acceptance").values()
        signed = []
        while tasks := self.town.person("jiang.audit").json("POST", "/v2/user-tasks/search", _open(instance))["items"]:
            for task in tasks:
                (group,) = task["candidateGroups"]
                who = self.town.person(ACCEPTORS[group])
                filled_in = filled_acceptance.refuse if group == refusing else filled_acceptance.sign_opinion
                who.claim(task["userTaskKey"])
                asked = _asked(who, task["userTaskKey"])
                who.complete(task["userTaskKey"], self._opinion(filled_in, day, who.username, asked))
                signed.append(group)
        return signed

    def _opinion(self, filled_in, day, signed_by, asked):
        more = filled_acceptance.expert() if asked["expert_asked"] else {}
        more |= filled_acceptance.spot_check() if asked["spot_check"] else {}
        found = filled_in(f"{day}T13:00+08:00", signed_by, **more)
        found["opinion"]["photos"] = [filled.photo("验收.jpg", f"{day}T13:05+08:00")]
        if not asked["on_site"]:
            for name in ("photos", "photo_reason"):
                del found["opinion"][name]
        hazards = self.value("hazards")
        rows = [{"hazard_no": one["hazard_no"], "what": f"{one['location']}：{one['description']}"} for one in hazards]
        items = [{**row, "standard": "消防法第十九条", "result": "合格", "note": ""} for row in rows]
        if "findings" in found["opinion"]:
            items[0]["result"] = "不合格"
            found["opinion"]["findings"][0]["hazard_no"] = hazards[0]["hazard_no"]
        found["opinion"]["items"] = items
        return found

    def closed(self, day, relapse_check):
        """销号申请, 核, 批; a leader too where it takes one."""
        self.at(f"{day}T09:00")
        (instance,) = self.called("closure").values()
        application = filled_acceptance.apply_closure(relapse_check)
        if self.value("risk")["level"] in ("低", "一般"):
            del application["application"]["root_cause"]
        self.do(IMPLEMENTER, "apply_closure", application, instance)
        self.do(CENTRE, "check_closure", filled_acceptance.check_closure(), instance)
        self.do(OFFICE_TOO, "approve_closure", filled_acceptance.approve_closure(), instance)
        for element, _ in self.town.person("jiang.audit").tasks(instance):
            self.do(LEADER_TOO, element, filled_acceptance.approve_closure(), instance)
        return self


def _asked(who, task):
    """What this signer's form asks beside the opinion: {variable: bool}."""
    names = ["expert_asked", "spot_check", "on_site"]
    wanted = {"filter": {"name": {"$in": names}}}
    found = who.json("POST", f"/v2/user-tasks/{task}/effective-variables/search", wanted)["items"]
    return dict.fromkeys(names, False) | {each["name"]: each["value"] == "true" for each in found}


def _open(instance):
    return {"filter": {"processInstanceKey": instance, "state": "CREATED"}}
