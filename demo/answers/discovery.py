"""发现受理与排查上账: the place with its parties and hazards, and what the centre makes of it."""

from demo.places import mobile, uscc

_FORCE = "GB35181-2025"
_FORCE_FROM = "2025-11-01"
#: Which of the nine a company is, by what its name says; the last is in many names.
_NINE_SMALL = {
    "旅馆": "P6e", "看护": "P6a", "网吧": "P6g", "小吃": "P6d", "烧烤": "P6d", "面馆": "P6d", "美发": "P6h", "车行": "P6c", "店": "P6c",
}  # fmt: skip


def report_place(scene, source="排查", **_):
    """F01, by a patrol of the village; after a ticket, or what the public reported, with its number."""
    place, sort = scene.place, scene.place.sort
    source = scene.known.get("source") or source
    ticket = scene.known.get("ticket_no") or f"{scene.now:%Y%m%d}{scene.story.no:06d}"
    shared = "混合" in sort.place_types
    return {
        "inspection": {
            "kind": "巡查",
            "mode": "明查" if source == "排查" else "突击",
            "at": scene.at(minutes=50),
            "inspectors": [{"name": scene.who.name, "unit": scene.who.unit, "cert_no": scene.who.certificate}],
        },
        "source": source,
        **({"ticket_no": ticket} if source in ("12345", "随申办", "群众举报") else {}),
        "place": {
            "name": place.name,
            "address": place.address,
            "lng": place.lng,
            "lat": place.lat,
            "datum": "WGS-84",
            "village": place.village,
            "grid": place.grid,
            "zone": sort.zone,
            "programme": sort.programme,
            "area_types": list(sort.area_types),
            "place_types": list(sort.place_types),
            "owner_nature": sort.owner_nature,
            "land_use": sort.land_use,
            "actual_use": sort.actual_use,
            **_asked_by_codes(place),
            "floor_area": sort.floor_area,
            "floors": sort.floors,
            **({"illegal_area": sort.illegal_area} if sort.illegal_area else {}),
            "workers": sort.workers,
            "sleepers": sort.sleepers,
            "cylinders": sort.cylinders,
            "batteries": sort.batteries,
        },
        "parties": [_owner(place), _tenant(place, agreement=not any(each.category == "H17" for each in place.findings))],
        "hazards": [_hazard(place, finding, scene.day()) for finding in place.findings],
        "facts": {
            "exits_ok": all(finding.about.get("exits_ok", True) for finding in place.findings),
            "n_operators": 4 if shared else 1,
            **({"unified_management": False} if shared else {}),
            **({"indoor_or_crowded": True} if sort.cylinders or sort.batteries else {}),
            "house_grade": next((finding.about["house_grade"] for finding in place.findings if "house_grade" in finding.about), "B"),
            "land_use_mismatch": sort.fixable == "否" or "P3" in sort.place_types,
            "fixable": sort.fixable,
        },
        "photos": [scene.photo("现场", minutes=42), scene.photo("正门", minutes=45)],
        "photo_reason": "",
    }


def _asked_by_codes(place):
    """What only some region and place codes ask for."""
    sort, asked = place.sort, {}
    if place.neighbour:
        asked["adjacent_orgs"] = [{"name": place.neighbour, "duty": "配合"}]
    if "A5" in sort.area_types:
        asked |= {"land_owner_district": "青浦区", "managing_district": "松江区"}
    if "混合" in sort.place_types:
        asked |= {"n_formats": 3, "n_owners": 1}
    if "P6" in sort.place_types:
        asked["nine_small"] = [next(code for sign, code in _NINE_SMALL.items() if sign in place.enterprise.name)]
    return asked


def responsible(place, finding):
    """(company, credit code, who answers for it): the lessor where that is whose duty it is (安全生产法 art. 49)."""
    if finding.category == "H17" and place.owner["kind"] == "单位":
        return place.owner["name"], place.owner["uscc"], place.owner["person"]
    return place.enterprise.name, uscc(place.enterprise.name), place.enterprise.head


def _owner(place):
    return {"role": "产权人", **place.owner, "mobile": mobile(place.owner["name"]), "area": place.sort.floor_area}


def _tenant(place, agreement):
    company = place.enterprise
    return {
        "role": "承租方",
        "kind": "单位",
        "name": company.name,
        "uscc": uscc(company.name),
        "person": company.head,
        "mobile": mobile(company.head),
        "lessor": place.owner["name"],
        **({"unit": "1 层"} if "P2" in place.sort.place_types else {}),
        "area": place.sort.floor_area,
        "since": "2023-01-01",
        "until": "2027-12-31",
        "safety_agreement": agreement,
    }


def _hazard(place, finding, day):
    return {
        "category": finding.category,
        "location": finding.location,
        "description": finding.description,
        "grade": "重大" if finding.is_major else "一般",
        "party": responsible(place, finding)[0],
        **({"standard_hits": hits(finding, day)} if finding.is_major else {}),
    }


def hits(finding, day):
    """The standard's items by the standard of that day: GB 35181-2025 replaced that of 2017."""
    return [hit if day >= _FORCE_FROM else hit.replace(_FORCE, "GB35181-2017") for hit in finding.hits]


def check_report(scene, outcome="上账", **more):
    """核实. `more`: merged_into or transfer_to, as the outcome asks."""
    if outcome == "并入":
        more["merged_into"] = scene.known["duplicates"][0]["no"]
    reason = {
        "上账": None,
        "退回补正": "正门照片与门牌地址不符，请补拍正门和门牌。",
        "并入": "与台账上的场所是同一处，线索并入原案。",
        "不属实": "现场核实没有发现所述情况，走道畅通、设施完好。",
        "移送": "涉及特种设备超期未检，不属本镇处理。",
    }[outcome]
    return {"check": {"outcome": outcome, "checked_at": scene.at(minutes=10), **({"reason": reason} if reason else {}), **more}}


def approve_listing(scene, outcome="批准"):
    opinion = "判定标准和证据齐全，同意上账。" if outcome == "批准" else "判定依据不完整，请补充。"
    return {"listing": {"outcome": outcome, "opinion": opinion}}


FORMS = {"report_place": report_place, "check_report": check_report, "approve_listing": approve_listing}
