"""What designers write on an ordinary day, in FEEL: tried on both sides, beside the expressions of the bundled files."""

#: What all of them may read.
KNOWN = {
    "days": 15,
    "fine": 20000,
    "paid": 5000.5,
    "rate": 0.03,
    "none": None,
    "open": True,
    "shut": False,
    "name": "王五",
    "village": "陈坊村",
    "grade": "重大",
    "case_no": "松昆安整-2024-0137",
    "found_at": "2024-04-01T09:30:00+08:00",
    "due": "2024-06-03",
    "empty": "",
    "emoji": "火🔥灾",
    "levels": ["低", "一般", "较大", "重大"],
    "numbers": [3, 1, 2],
    "nothing": [],
    "risk": {"level": "重大", "score": 80},
    "hazards": [
        {"hazard_no": "H-01", "grade": "一般", "fine": 100, "done": True},
        {"hazard_no": "H-02", "grade": "重大", "fine": 300, "done": False},
    ],
    "parties": [
        {"name": "甲", "role": "产权人"},
        {"name": "乙", "role": "承租方"},
        {"name": "丙", "role": "承租方"},
    ],
}

EVERYDAY = """
days = 15
days != 15
days > 10 and days <= 30
days between 10 and 20
days in [10..20]
days in (15..20]
days in (1, 15)
fine >= 10000
fine + 500
fine - paid
fine * rate
fine / 4
fine / 0
-days
(days + 5) * 2
2 ** 10
10 / 4
7 - 2 * 3
paid * 2
0.5 + 0.25
1.5 * 4
none = null
none != null
none + 1
none > 1
none < null
none.level
none and true
none or true
not(none)
not(open)
open and shut
open or shut
open = true
shut != true
null = false
"" = null
empty = ""
empty = null
nothing = []
nothing = null
missing
missing = null
missing.inner.deeper
missing != "甲"
if open then "是" else "否"
if none then 1 else 2
if fine > 10000 then "多" else if fine > 0 then "少" else "无"
if missing = null then 0 else missing
name = "王五"
name != "李四"
"企业@" + name
name + village
name + none
"a" < "b"
"甲" + string(days) + "日"
string(days)
string(1.50)
string(paid)
string(open)
string(none)
string(levels)
string length(name)
string length(emoji)
substring(name, 1, 1)
substring(emoji, 2, 1)
substring(case_no, 1, 4)
substring(found_at, 1, 10)
substring before(case_no, "-")
substring after(case_no, "-")
substring after(name, "无")
upper case("abc")
lower case("ABC")
contains(case_no, "2024")
contains(none, "2024")
starts with(case_no, "松昆")
ends with(case_no, "0137")
matches(case_no, "^松昆安整-[0-9]{4}-[0-9]{4}$")
matches(name, "[a-z]+")
replace(case_no, "-", "/")
replace("2024-04-01", "([0-9]+)-([0-9]+)-([0-9]+)", "$2/$3")
split(case_no, "-")
split(case_no, "-")[2]
split(case_no, "-")[-1]
string join(levels, "、")
string join(parties.name, "、")
number("1500.5")
number("1,500.5", ",", ".")
number(split(case_no, "-")[-1])
levels[1]
levels[-1]
levels[9]
count(levels)
count(nothing)
list contains(levels, "重大")
list contains(levels, none)
list contains(nothing, "重大")
grade in ["较大", "重大"]
grade in ("较大", "重大")
not(grade in ("低", "一般"))
index of(levels, "较大")
index of(levels, "较大")[1]
append(levels, "特大")
concatenate(levels, ["特大"])
insert before(levels, 1, "无")
remove(levels, 1)
reverse(numbers)
sublist(levels, 2)
sublist(levels, 2, 2)
distinct values(parties.role)
union([1, 2], [2, 3])
flatten([[1, 2], [3]])
sum(numbers)
sum(hazards.fine)
min(numbers)
max(numbers)
min(3, 1, 2)
mean(numbers)
median(numbers)
product(numbers)
sort(numbers, function(a, b) a < b)
all([true, true])
any([false, true])
hazards.hazard_no
hazards[1].grade
hazards[grade = "重大"]
hazards[grade = "重大"].hazard_no
hazards[grade = "重大"][1].hazard_no
hazards[fine > 100].hazard_no
hazards[fine >= 100 and grade = "一般"].hazard_no
hazards[item.grade = "重大"].hazard_no
hazards[done = true].hazard_no
hazards[done != true].hazard_no
hazards[list contains(["一般"], grade) = true].hazard_no
hazards[grade = "没有"]
hazards[grade = "没有"][1].hazard_no
count(hazards[grade = "重大"])
count(hazards[grade = "重大"]) > 0
parties[role = "承租方"][-1].name
numbers[item > 1]
numbers[item != null]
for h in hazards return h.fine
for h in hazards return h.fine * 2
for n in 1..3 return n * n
for n in numbers return if n > 1 then "多" else "少"
for p in parties return p.name + "（" + p.role + "）"
for a in [1, 2], b in [10, 20] return a + b
some h in hazards satisfies h.grade = "重大"
some h in hazards satisfies h.fine > 1000
some n in nothing satisfies n > 1
every h in hazards satisfies h.fine > 50
every h in hazards satisfies h.done = true
every n in nothing satisfies n > 1
risk.level
risk.level = "重大" and risk.score >= 80
risk.missing
{a: 1, b: a + 1}
{a: 1, b: a + 1}.b
{"名称": name}
get value(risk, "level")
get entries({a: 1})
context put(risk, "level", "低")
context merge([risk, {level: "低"}])
decimal(1.255, 1)
decimal(2.5, 0)
floor(1.5)
floor(-1.5)
ceiling(1.5)
abs(-3)
modulo(12, 5)
modulo(-12, 5)
round up(1.21, 1)
round down(1.29, 1)
round half up(1.25, 1)
odd(3)
even(3)
sqrt(16)
date(due)
date(due) = date("2024-06-03")
date(due) > date("2024-06-01")
date(due) <= date("2024-06-01")
date(due) + duration("P10D")
date(due) - duration("P1D")
date("2024-01-31") + duration("P1M")
date(due) - date("2024-05-27")
date(due).year
date(due).month
date(due).day
date(due).weekday
date("2024-02-30")
date(none)
date(2024, 6, 3)
date("2024-06-03") in [date("2024-06-01")..date("2024-06-30")]
string(date(due))
date and time(found_at)
date and time(found_at).hour
date and time(found_at) < date and time("2024-04-01T12:00:00+08:00")
date and time(found_at) + duration("PT24H")
date and time(found_at) + duration("PT24H") <= date and time("2024-04-02T09:30:00+08:00")
date(date and time(found_at))
time("09:30:00")
time("09:30:00") < time("10:00:00")
duration("P1D")
duration("PT24H") = duration("P1D")
duration("P1D") > duration("PT12H")
years and months duration(date("2023-01-01"), date("2024-06-01"))
day of week(date("2024-06-03"))
month of year(date("2024-06-03"))
day of year(date("2024-06-03"))
week of year(date("2024-06-03"))
[1, 2] = [1, 2]
{a: 1} = {a: 1}
1 = "1"
1 != "1"
"1" + 1
true = "true"
(function(x) x * 2)(4)
is defined(name)
1..3
@"2024-06-03"
-3 + 5
-days + 20
0.1 + 0.2
0.1 * 3
1.1 * 1.1
1.005 * 1000
1/3
100 * 1.1
4.35 * 100
today()
today() = date("2024-04-01")
today() >= date("2024-04-01")
today() <= date("2024-04-01")
today() < date("2024-04-01")
now()
string(today())
string(now())
date(now())
now() > date and time("2024-04-01T09:00:00+08:00")
date(date and time("2024-04-01T07:30:00+08:00"))
is working day(date(due))
working days between(date(due), date("2024-06-10"))
add working days(date(due), 1)
next working day(date(due))
deadline(date(due), 3, "wd").at
hazards[list contains(["一般"], grade)].hazard_no
hazards[not(done)].hazard_no
hazards[done].hazard_no
if name then 1 else 2
concatenate(none, levels)
count(none)
count(days)
days[1]
risk[1]
external.x = null
name instance of string
date and time("2024-04-01T09:30+08:00")
date and time("2024-04-01")
date("2024-6-3")
date and time(due)
(date("2024-06-10") - date(due)) / duration("P1D")
date(due) = "2024-06-03"
due = date("2024-06-03")
date and time(found_at) > date(due)
levels = "低"
["低"] = "低"
nothing + 1
some n in none satisfies n > 1
every n in none satisfies n > 1
for n in none return n
sum(nothing)
min(nothing)
mean(nothing)
max("a", "b")
max(date(due), date("2024-01-01"))
substring("abc", 0)
substring("abc", -2)
number("abc")
number("1 500", " ", ".")
round half up(2.345, 2)
decimal(2.345, 2)
string(0.00001)
string({a: 1})
string([1, "a"])
string(duration("PT36H"))
string(duration("P14M"))
string(time("09:30:00"))
list replace(levels, 1, "x")
stddev(numbers)
mode([1,1,2])
log(1)
exp(0)
split("a.b", ".")
replace("abc", "b", "[$0]")
matches("ABC", "b", "i")
overlaps([1..5], [3..8])
before(1, 2)
includes([1..5], 3)
string join(["a", null, "b"], ",")
sort(levels, function(a, b) a > b)
get value(risk, "missing")
{a: 1}.b
levels[0]
not("a")
1 and true
days = null or days > 10
none = none
"a" in "a"
5 in < 10
5 in (< 3, > 4)
-2 ** 2
2 ** -1
1 - -1
date(due) + 1
duration("P1M") + duration("P1D")
duration("P1Y") = duration("P12M")
date("2024-06-03T10:00:00")
time("25:00:00")
time(found_at)
day of week(date and time(found_at))
null
if none = null then "无" else none.x
hazards.missing
hazards[fine = none]
levels[item = "重大" or item = "较大"]
upper case(none)
count([none])
distinct values([1, 1.0, 2])
list contains([1, 2], 1.0)
1 = 1.0
"王五" = name
{a: {b: 1}}.a.b
[{a: 1}, {b: 2}].a
""".strip().splitlines()
