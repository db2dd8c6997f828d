"""Places (区域场所), the unit of the campaign, with hazards below and parties beside them. Source: R-15 – R-23, R-60."""

from sqlalchemy import JSON, Boolean, Index, Integer, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from cases.exact import Exact
from engine.store.base import Base, Key, Moment

PROGRAMMES = ("工业区", "社区", "商铺商圈", "养老场所")
AREA_TYPES = {
    "A1": "城乡结合区域",
    "A2a": "本镇与其他镇交界",
    "A2b": "居村与居村交界",
    "A2c": "功能园区与居村交界",
    "A3": "外来务工人员聚集区域",
    "A4": "农村经营性自建房集中连片区域",
    "A5": "“飞地”及周边区域",
}
PLACE_TYPES = {
    "违法建筑": "违法建筑",
    "违法经营": "违法经营",
    "混合": "多业态、多产权、多主体混合生产经营场所",
    "P1": "仓储与厂房合用场所",
    "P2": "一个标准厂房由多个企业合租合用的储存、生产共用场所",
    "P3": "工业用地改造作为公寓、仓库用途的厂房",
    "P4": "国有、集体企业改性和变更用途的厂房仓库",
    "P5": "“三合一”场所",
    "P6": "“九小”场所",
}
#: What P6 is divided into.
NINE_SMALL = {
    "P6a": "小学校（幼儿园）",
    "P6b": "小医院",
    "P6c": "小商店",
    "P6d": "小餐饮",
    "P6e": "小旅馆",
    "P6f": "小歌舞娱乐",
    "P6g": "小网吧",
    "P6h": "小美容洗浴",
    "P6i": "小生产加工",
}

#: What the ledger says of a place; a diagram's tokens say more (domain §3.2).
STATUSES = (
    *("已上账", "待分派", "待签收", "整改中", "待验收", "验收退回", "待销号", "已销号"),
    *("中止", "移送部门", "误录撤销", "回潮重开"),
)

#: At which level a place is listed for supervision (挂牌督办); a town's listing is administrative, not the one of the law.
SUPERVISED = ("镇级", "区级", "市级")


class Place(Base):
    """A place on the ledger. `no` is its number for good, and that of its case.

    What only some codes ask for is None elsewhere: neighbours of A2, districts of A5, counts of 混合, kinds of P6.
    """

    __tablename__ = "place"
    no: Mapped[str] = mapped_column(Text, primary_key=True)  # 松昆安整-2024-0137
    root_key: Mapped[int | None] = mapped_column(Key)  # the process instance of its main process, once that has begun
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    lng: Mapped[object] = mapped_column(Exact(10, 6))
    lat: Mapped[object] = mapped_column(Exact(9, 6))
    datum: Mapped[str] = mapped_column(Text)  # WGS-84, GCJ-02, CGCS2000, 上海城建坐标
    village: Mapped[str] = mapped_column(Text)  # the 居村 or company in whose area it lies
    grid: Mapped[str | None] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(Text)  # 村庄规划区 or 城镇: who may decide (DMN-6)
    programme: Mapped[str] = mapped_column(Text)  # one of the four 专项整治
    area_types: Mapped[list] = mapped_column(JSON)  # A1 … A5
    place_types: Mapped[list] = mapped_column(JSON)  # P1 … P6, 违法建筑, 违法经营
    adjacent_orgs: Mapped[list | None] = mapped_column(JSON)  # [{"name", "duty": 牵头 or 配合}]: on the other side of the border
    land_owner_district: Mapped[str | None] = mapped_column(Text)  # of a 飞地, which another district manages
    managing_district: Mapped[str | None] = mapped_column(Text)
    n_formats: Mapped[int | None] = mapped_column(Integer)  # 多业态, 多产权, 多主体: of which there are two or more
    n_owners: Mapped[int | None] = mapped_column(Integer)
    n_operators: Mapped[int | None] = mapped_column(Integer)
    nine_small: Mapped[list | None] = mapped_column(JSON)  # P6a … P6i
    owner_nature: Mapped[str] = mapped_column(Text)
    owner_level: Mapped[str | None] = mapped_column(Text)  # 市, 区 or 镇, of what the state owns
    land_use: Mapped[str | None] = mapped_column(Text)  # as registered
    actual_use: Mapped[str | None] = mapped_column(Text)
    land_use_mismatch: Mapped[bool | None] = mapped_column(Boolean)  # as whoever looked at both judged it
    floor_area: Mapped[object | None] = mapped_column(Exact(12, 2))  # square metres
    floors: Mapped[int | None] = mapped_column(Integer)
    illegal_area: Mapped[object | None] = mapped_column(Exact(12, 2))  # of it built without permission, square metres
    structure: Mapped[str | None] = mapped_column(Text)
    built: Mapped[int | None] = mapped_column(Integer)  # the year
    fire_facilities: Mapped[list | None] = mapped_column(JSON)
    workers: Mapped[int] = mapped_column(Integer, server_default="0")
    sleepers: Mapped[int] = mapped_column(Integer, server_default="0")
    cylinders: Mapped[int] = mapped_column(Integer, server_default="0")  # bottled gas
    batteries: Mapped[int] = mapped_column(Integer, server_default="0")  # of electric bicycles
    risk_level: Mapped[str | None] = mapped_column(Text)
    disposition: Mapped[str | None] = mapped_column(Text)  # 整治, 改造, 腾退, 拔点
    implementer: Mapped[str | None] = mapped_column(Text)
    industry_dept: Mapped[str | None] = mapped_column(Text)
    sponsor: Mapped[str | None] = mapped_column(Text)  # 包案领导
    status: Mapped[str] = mapped_column(Text)
    listed: Mapped[object] = mapped_column(Moment)  # 上账
    closed: Mapped[object | None] = mapped_column(Moment)  # 销号
    stopped: Mapped[int] = mapped_column(Integer, server_default="0")  # emergency stops (P19) that were ordered and not lifted
    supervised: Mapped[str | None] = mapped_column(Text)  # 挂牌督办: one of SUPERVISED
    reopened_from: Mapped[str | None] = mapped_column(Text)  # the place whose relapse this is
    voided: Mapped[bool] = mapped_column(Boolean, server_default=false())
    void_reason: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("ix_place_status", "status", "no"),
        Index("ix_place_village", "village", "no"),
        Index("ix_place_risk_level", "risk_level", "no"),
        Index("ix_place_name", "name"),
    )
