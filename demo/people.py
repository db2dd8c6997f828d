"""Who lives in the town beside the people of api/demo.py: a person for every unit that the campaign's document names. All invented."""

VILLAGES = ("陈坊村居委会", "汤村居委会", "荡湾村居委会", "大港居委会")
COMPANIES = ("高科技公司", "资产公司")

#: As demo.PEOPLE: (user name, the name that people read, (role, unit) pairs).
PEOPLE = (
    ("shen.yuhua", "沈玉华", [("居村", "荡湾村居委会")]),
    ("pan.jinlong", "潘金龙", [("居村", "大港居委会")]),
    ("yu.xiaofeng", "俞晓峰", [("居村", "高科技公司")]),
    ("shi.meifang", "施美芳", [("居村", "资产公司")]),
    ("tang.xiuying", "汤秀英", [("实施主体", "汤村居委会")]),
    ("jin.haiming", "金海明", [("实施主体", "荡湾村居委会")]),
    ("gu.peihua", "顾培华", [("实施主体", "大港居委会")]),
    ("yao.zhonghua", "姚中华", [("实施主体", "资产公司")]),
    ("wei.guodong", "卫国栋", [("实施主体", "应急管理中心")]),
    ("yang.fan", "杨帆", [("应急管理中心", "应急管理中心")]),
    ("cai.yong", "蔡勇", [("复查组", "应急管理中心")]),
    ("dong.qing", "董青", [("复查组", "应急管理中心")]),
    ("tao.liang", "陶亮", [("行业部门", "城管中队")]),
    ("qiu.sheng", "邱盛", [("行业部门", "派出所")]),
    ("ding.ning", "丁宁", [("行业部门", "市场监管所")]),
    ("bao.ling", "包玲", [("行业部门", "社会事务办")]),
    ("xia.yutian", "夏雨田", [("行业部门", "城建中心")]),
    ("mei.jing", "梅静", [("行业部门", "规划资源所")]),
    ("huo.jun", "霍军", [("行业部门", "消防救援站")]),
    ("cheng.xi", "程曦", [("安委办", "精细化办")]),
    ("shao.bin", "邵斌", [("执法队", "综合行政执法队")]),
    ("pei.li", "裴丽", [("执法队", "综合行政执法队")]),
)

#: Those who let places: (user name, name, company). The villages' and the town's own.
OWNERS = (
    ("zhou.dahai", "周大海", "陈坊资产经营有限公司"),
    ("tang.weiguo", "汤卫国", "汤村资产经营有限公司"),
    ("lu.xinhua", "陆新华", "小昆山镇资产经营有限公司"),
)

#: R-02: what the units are.
TYPES = {
    **dict.fromkeys(VILLAGES, ("基层单位",)),
    **dict.fromkeys(COMPANIES, ("基层单位", "安委会成员单位")),
    "安委会办公室": ("机关部门", "安委会成员单位"),
    "镇政府": ("机关部门",),
    **dict.fromkeys(
        ("应急管理中心", "精细化办", "城管中队", "派出所", "市场监管所", "社会事务办", "城建中心", "规划资源所", "消防救援站"),
        ("安委会成员单位",),
    ),
    **dict.fromkeys(("综合行政执法队", "司法所"), ("机关部门", "安委会成员单位")),
}

#: 分片包干: (code, name, unit, user name of the keeper). No grid without one.
GRIDS = (
    ("CF-01", "陈坊一网格", "陈坊村居委会", "chen.amei"),
    ("CF-02", "陈坊二网格", "陈坊村居委会", "lu.gen"),
    ("TC-01", "汤村一网格", "汤村居委会", "tang.jianguo"),
    ("TC-02", "汤村二网格", "汤村居委会", "tang.xiuying"),
    ("DW-01", "荡湾网格", "荡湾村居委会", "shen.yuhua"),
    ("DG-01", "大港一网格", "大港居委会", "pan.jinlong"),
    ("DG-02", "大港二网格", "大港居委会", "gu.peihua"),
    ("GY-01", "工业区一网格", "高科技公司", "yu.xiaofeng"),
    ("GY-02", "工业区二网格", "高科技公司", "gao.keji"),
    ("ZC-01", "镇属资产网格", "资产公司", "shi.meifang"),
)

#: 分管领导, as the sponsors of serious places.
SPONSORS = ("吴海", "何云")
