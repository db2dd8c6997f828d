"""The chains of a case as a picture: entry after entry, the seals over them, how far they are proven, and where they break."""

import re
from dataclasses import dataclass, field

from cases.case_tree import labels
from engine.domain.people import ZONE
from engine.store import audit_seals

#: Of a longer stretch only the ends are drawn, so many links on either side.
ENDS = 6
#: So many chains are drawn; the rest is told in words.
DRAWN = 40
#: What is verified on a page, and not left to the program: entries of a case, and seals.
MOST_ENTRIES, MOST_SEALS = 20_000, 1_000
#: So little is verified before anybody asks.
AT_ONCE_ENTRIES, AT_ONCE_SEALS = 1_000, 60


@dataclass(slots=True)
class Stretch:
    """Entries `first` to `last`, under the seal `number` of `day`; under none yet where it is None.

    `links`: [(seq, state)], (None, how many) for a gap. A link's state: proven, broken, missing, doubtful (behind a break), or open, which
    is not verified.
    """

    first: int
    last: int
    number: int | None = None
    day: str | None = None
    links: list = field(default_factory=list)


@dataclass(slots=True)
class Chain:
    """`length` entries, of which seals cover `sealed`; `proven`: up to where, None before a verification; `broken`: [(seq,
    sentence, whether it is missing)]."""

    key: int
    name: str
    label: str | None
    length: int
    sealed: int
    proven: int | None = None
    broken: list = field(default_factory=list)
    stretches: list = field(default_factory=list)


def read(engine, transaction, root_key):
    """[Chain] of a case, the root's first, not verified."""
    connection = transaction.connection
    rows = audit_seals.chains(connection, root_key)
    drawn, named = rows[:DRAWN], labels(connection, [row["chain"] for row in rows])
    day = min(row["started"] for row in rows).astimezone(ZONE).date().isoformat()
    covering = audit_seals.covering(connection, [row["chain"] for row in drawn], day)
    found = []
    for row in rows:
        definition = engine.definition(transaction, row["definition_key"]).definition
        name = "".join((definition.name or definition.id).split("\n"))
        chain = Chain(row["chain"], name, named.get(row["chain"]), row["length"], row["sealed"])
        chain.stretches = _stretches(chain.length, covering[chain.key]) if chain.key in covering else []
        found.append(chain)
    return found


def _stretches(length, seals):
    found, first = [], 1
    for last, number, day in seals:
        if last >= first:
            found.append(Stretch(first, last, number, day))
            first = last + 1
    return found + ([Stretch(first, length)] if first <= length else [])


def judge(chains, verification=None):
    """Draw the links of each chain, and tell apart what a verification (of verify_history) has proven; returns the findings of no chain."""
    elsewhere = []
    if verification is not None:
        by_key = {str(chain.key): chain for chain in chains}
        for chain in chains:
            chain.proven = chain.length
        for finding in verification.findings:
            chain = by_key.get(finding.chain)
            if chain is None:
                elsewhere.append(finding.chinese)
            else:
                said = finding.chinese.replace(f"链 {finding.chain} ", "").replace(f"链 {finding.chain}", "这条链")
                seq = _place(finding)
                chain.broken.append((seq, said, finding.code in _MISSING))
                chain.proven = min(chain.proven, _honest(chain, finding, seq))
    for chain in chains:
        _draw(chain)
    return elsewhere


#: Findings whose entry is not there.
_MISSING = ("ENTRY_MISSING", "LAST_ENTRY_MISSING")


def _place(finding):
    """The entry at which a chain breaks; where some are missing, the first of them, and not the one that follows."""
    missing = re.match(r"Missing from chain \S+: entry (\d+)", finding.english)
    return int(missing[1]) if missing else finding.seq or 1


def _honest(chain, finding, seq):
    """Up to which entry a chain stands in spite of a finding: where a seal holds another one, the first false one is unknown."""
    before = seq - 1
    if finding.code == "CHAIN_REWRITTEN":
        return max((stretch.last for stretch in chain.stretches if stretch.number is not None and stretch.last <= before), default=0)
    return before


def _draw(chain):
    at = {seq: "missing" if missing else "broken" for seq, _, missing in chain.broken}
    if chain.stretches and max(at, default=0) > chain.stretches[-1].last:  # what is missing at the end has its place in the picture too
        chain.stretches[-1].last = max(at)
    for stretch in chain.stretches:
        shown = range(stretch.first, stretch.last + 1)
        if len(shown) > 2 * ENDS + 2:
            near = {seq + by for seq in at for by in (-1, 0, 1)} & set(shown)
            shown = sorted({*shown[:ENDS], *shown[-ENDS:], *sorted(near)[:ENDS]})
        before = stretch.first - 1
        for seq in shown:
            if seq > before + 1:
                stretch.links.append((None, seq - before - 1))
            stretch.links.append((seq, _state(chain, seq, at)))
            before = seq


def _state(chain, seq, broken):
    if chain.proven is None:
        return "open"
    if seq in broken:
        return broken[seq]
    return "proven" if seq <= chain.proven else "doubtful"


def said(chain):
    """The picture of one chain in a sentence."""
    under = "全部" if chain.sealed >= chain.length else f"前 {chain.sealed} 条" if chain.sealed else "还没有一条"
    waiting = f"，其余 {chain.length - chain.sealed} 条待下一次封印" if 0 < chain.sealed < chain.length else ""
    if chain.proven is None:
        return f"共 {chain.length} 条记录，{under}在封印之下{waiting}；尚未核验。"
    if not chain.broken:
        return f"完好。第 1 至 {chain.length} 条前后衔接，{under}在封印之下{waiting}。"
    upto = f"核验到第 {chain.proven} 条为止，之后的记录不能证明是原样" if chain.proven else "这条链上没有一条能证明是原样"
    return f"断链。{'；'.join(sentence for _, sentence, _ in chain.broken[:5])}。{upto}。"
