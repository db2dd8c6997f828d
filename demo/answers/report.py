"""群众举报受理: what somebody of the public tells the desk, what of it is passed on, and what they are answered."""

from demo.places import mobile

#: What a reporter is answered, by what became of the report.
ANSWERS = {
    "上账": "反映的情况经核实属实，已经列入整治台账，责令限期整改，完成后复查。",
    "并入": "反映的问题此前已经列入整治台账，正在整改，情况已并入原案。",
    "不属实": "派人到现场核实，没有发现所反映的情况，今后继续关注。",
    "移送": "反映的问题由其他主管部门处理，已经移送。",
}


def accept_report(scene):
    """Whoever tells of it, in their own words; and without them, what those who check it need to know."""
    told, place, finding = scene.story.reported, scene.place, scene.finding
    name = told.get("name")
    return {
        "reporter": {
            "kind": "实名" if name else "匿名",
            **({"name": name, "mobile": mobile(name)} if name else {}),
            "at_risk": told.get("at_risk", False),
        },
        "report": {
            "channel": told["channel"],
            "received_at": scene.at(hours=1),
            "content": told["words"],
            "photos": [scene.photo("来信附照", days=2)] if told["channel"] == "来信" else [],
        },
        "passed_on": {
            "village": place.village,
            "address": place.address,
            "seen_on": scene.day(-2),
            "text": f"群众反映{finding.location}有安全隐患：{finding.description}",
        },
    }


def heed_report(scene):
    measures = "已与举报人单独联系，告知保密要求；请派出所关注，居村安排夜间巡查。"
    return {"heeding": {"measures": measures, "at": scene.at(minutes=5)}}


def answer_reporter(scene):
    content = ANSWERS[scene.known["settled"]["outcome"]]
    return {"answer": {"way": "电话", "answered_at": scene.at(minutes=5), "content": content}}


FORMS = {"accept_report": accept_report, "heed_report": heed_report, "answer_reporter": answer_reporter}
