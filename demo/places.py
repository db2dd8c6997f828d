"""The places of the town: workshops, warehouses, rented houses, shops, homes for the old. Streets are the town's, the rest is invented."""

import random
import tomllib
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from demo.people import GRIDS, OWNERS, VILLAGES

HERE = Path(__file__).parent
LEVELS = ("低", "一般", "较大", "重大")

#: street -> (longitude, latitude) of its first house. WGS-84, roughly.
STREETS = {
    "昆港公路": (121.1208, 31.0302), "文翔路": (121.1405, 31.0371), "平原街": (121.1282, 31.0338), "鹤溪街": (121.1251, 31.0325),
    "港业路": (121.1153, 31.0249), "光华路": (121.1339, 31.0268), "崇南公路": (121.1104, 31.0186), "玉昆一路": (121.1366, 31.0347),
    "中德路": (121.1482, 31.0294), "秦安街": (121.1269, 31.0312), "新港路": (121.1177, 31.0221), "港德路": (121.1121, 31.0267),
}  # fmt: skip
#: Degrees from one house number to the next.
STEP = 0.000031
LANDLORDS = ("顾阿根", "陆雪珍", "沈金元", "朱小妹", "吴根宝", "张引娣")


@dataclass(frozen=True)
class Finding:
    """A hazard of findings.toml, which says what the columns are."""

    category: str
    location: str
    description: str
    remedies: tuple
    field: str
    clauses: tuple
    level: str = "一般"
    hits: tuple = ()
    about: dict = field(default_factory=dict)

    @property
    def is_major(self):
        """Is it 重大 by a standard, rather than by what comes together?"""
        return bool(self.hits)


@dataclass(frozen=True)
class Enterprise:
    """Who sits in a place and answers for it: the head's account and name, and the company."""

    username: str
    head: str
    name: str


@dataclass(frozen=True)
class Sort:
    """A sort of place, of sorts.toml: the columns of the ledger, the families that its hazards come from, who sits in such places."""

    what: str
    programme: str
    place_types: tuple
    area_types: tuple
    land_use: str
    actual_use: str
    found: tuple
    industry: str
    owner_nature: str
    zone: str
    floor_area: int
    floors: int
    workers: int
    enterprises: tuple
    sleepers: int = 0
    cylinders: int = 0
    batteries: int = 0
    illegal_area: int | None = None
    fixable: str = "是"


@dataclass
class Place:
    """One of them, with what is found in it. `owner`: the party from whom the enterprise holds it, as form F01 asks for parties."""

    sort: Sort
    name: str
    address: str
    lng: float
    lat: float
    village: str
    grid: str
    enterprise: Enterprise
    owner: dict
    findings: list

    @property
    def neighbour(self):
        """Who is on the other side of the border (A2); None inside."""
        if "A2b" in self.sort.area_types:
            return next(each for each in VILLAGES if each != self.village)
        return "高科技园区" if "A2c" in self.sort.area_types else None

    @property
    def level(self):
        """What DMN-1 makes of the worst of the findings."""
        return max((level(each, self.sort) for each in self.findings), key=LEVELS.index)


def level(finding, sort):
    """What DMN-1 makes of a finding in a place of this sort: where people sleep, a blocked way out is worse."""
    return "较大" if finding.category in ("H09", "H10") and sort.sleepers and finding.level == "一般" else finding.level


def _table(name):
    return tomllib.loads((HERE / name).read_text("utf-8"))


def _frozen(row):
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


FINDINGS = {family: tuple(Finding(**_frozen(row)) for row in rows) for family, rows in _table("findings.toml").items()}
SORTS = {
    name: Sort(**_frozen(row) | {"enterprises": tuple(Enterprise(*told.split(" ")) for told in row["enterprises"])})
    for name, row in _table("sorts.toml").items()
}


class Catalogue:
    """Makes places, each another one, and always the same in the same order: `chance` is a random.Random."""

    def __init__(self, chance):
        self._chance, self._streets, self._villages, self._landlords = chance, cycle(STREETS), cycle(VILLAGES), cycle(LANDLORDS)
        self._numbers, self._grids = dict.fromkeys(STREETS, 6), {}
        self._enterprises = {name: cycle(sort.enterprises) for name, sort in SORTS.items()}

    def make(self, name, found=(), more=1):
        """A place of the sort `name` in which `found` (Findings; by default one of the sort's own) and `more` others are found."""
        sort, street = SORTS[name], next(self._streets)
        self._numbers[street] += self._chance.randrange(4, 22, 2)
        number, village, building = self._numbers[street], self._village(sort), self._chance.randint(1, 5)
        (lng, lat), inside = STREETS[street], sort.programme == "工业区"
        return Place(
            sort,
            f"{street} {number} 号{f' {building} 号' if inside else ''}{sort.what}",
            f"小昆山镇{street} {number} 号{f' {building} 幢' if inside else ''}",
            round(lng + STEP * number, 6),
            round(lat + STEP * (number % 40) / 2, 6),
            village,
            next(self._grids.setdefault(village, cycle([code for code, _, unit, _ in GRIDS if unit == village]))),
            next(self._enterprises[name]),
            self._owner(sort),
            self._findings(sort, list(found), more),
        )

    def _village(self, sort):
        if sort.programme == "工业区" and sort.owner_nature == "民营":
            return "高科技公司"
        return "资产公司" if sort.owner_nature == "镇集体" else next(self._villages)

    def _owner(self, sort):
        if sort.owner_nature == "个人":
            name = next(self._landlords)
            return {"kind": "个人", "name": name, "identity": identity(name), "person": name}
        _, person, company = OWNERS[{"村集体": 1, "镇集体": 2}.get(sort.owner_nature, 0)]
        return {"kind": "单位", "name": company, "uscc": uscc(company), "person": person}

    def _findings(self, sort, own, more):
        own = own or [self._chance.choice(FINDINGS[sort.found[0]])]
        known = {each.category for each in own}
        families = [FINDINGS[family] for family in (*sort.found, "papers")]
        others = [each for family in families for each in family if not each.is_major and each.category not in known]
        return [*own, *self._chance.sample(others, min(more, len(others)))]


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015


def uscc(name):
    """A credit code for a company: always the same, with the check digit that the standard asks for. Invented."""
    made = random.Random(name)  # noqa: S311
    body = "91310117MA" + "".join(made.choice(_USCC) for _ in range(7))
    return body + _USCC[-sum(_USCC.index(each) * 3**place for place, each in enumerate(body)) % 31]


def identity(name):
    """An identity number for a person, whose first two digits are those of no province: nobody can have it."""
    made = random.Random(name)  # noqa: S311
    body = f"990117{made.randint(1962, 1994)}{made.randint(1, 12):02d}{made.randint(1, 28):02d}{made.randint(1, 999):03d}"
    return body + "10X98765432"[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) % 11]


def mobile(name):
    """A telephone number of the range that examples use."""
    return f"138001380{random.Random(name).randint(0, 99):02d}"  # noqa: S311
