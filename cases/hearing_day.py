"""When a hearing may be held: on a working day, with at least seven full working days between its notice and itself (行政处罚法 64, 85)."""

from cases.moment import day_of

#: 行政处罚法 64(2); the day of the notice and that of the hearing are not among them
NOTICE = 7


def earliest(notice_served, calendar, n=NOTICE):
    """The first day (date) for a hearing whose notice is served on a day or moment."""
    return calendar.add_working_days(day_of(notice_served), n + 1)


def objections(hearing, notice_served, calendar, n=NOTICE):
    """-> [sentences in Chinese] why a hearing cannot be held at a day or moment, [] if it can. `n`: of the table's T6."""
    day, first, found = day_of(hearing), earliest(notice_served, calendar, n), []
    if not calendar.is_working(day):
        found.append(f"听证日 {day} 不是工作日")
    if day < first:
        found.append(f"听证通知须在举行听证的七日前送达（行政处罚法第六十四条），最早可在 {first} 举行")
    # What depends on a year that nobody has published yet is not certain enough to bind a party to it.
    unknown = sorted({day.year, day_of(notice_served).year} - calendar.published)
    if unknown:
        found.append(f"{'、'.join(map(str, unknown))} 年节假日安排尚未公布，听证日不能确定")
    return found
