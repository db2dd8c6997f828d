"""Check an export of Bihuan's history: `python verify_history.py EXPORT [--public-key HEX] [--known-seal HASH]`.

One file, the standard library alone: whoever audits needs neither the product nor trust in it. An export is JSON lines (`header`, all
`seal`s, for each chain a `chain` and its `entry`s, `end`). An entry's hash is the SHA-256 of its text, which names the hash of the entry
before it; a seal is a signed (Ed25519) list of how far each chain had come. Exit 0: intact. 1: findings, a line each. 2: not an export.
"""

import argparse
import hashlib
import json
import sys
from typing import NamedTuple

FORMAT, VERSION = "bihuan-history", 1
GENESIS = "0" * 64
#: The chain that tells which seals were made.
SEALS = "0"

KEYS = {
    "seal": {"type", "number", "day", "body", "hash", "signature"},
    "chain": {"type", "chain", "length", "head"},
    "entry": {"type", "chain", "seq", "at", "actor", "kind", "element", "body", "hash"},
    "end": {"type", "seals", "chains", "entries"},
}
TYPES = {"number": int, "length": int, "seq": int, "chain": str, "body": str, "hash": str, "head": str, "signature": str}
BODY = {"actor", "at", "chain", "changes", "data", "element", "for", "kind", "previous", "seq"}
SEAL_BODY = {"at", "chains", "count", "day", "key", "number", "previous"}

WORDS = {
    "ENTRY_CHANGED": (
        "Entry {seq} of chain {chain} was changed: its text does not give the hash that stands beside it",
        "链 {chain} 第 {seq} 条记录被改动：内容与所附哈希不符",
    ),
    "ENTRY_REPLACED": (
        "Entry {seq} of chain {chain} was replaced: it is whole in itself, but does not fit its neighbours or the head of the chain",
        "链 {chain} 第 {seq} 条记录被替换：自身完整，但与相邻记录或链头不衔接",
    ),
    "ENTRY_MISSING": ("Missing from chain {chain}: entry {range}, before entry {seq}", "链 {chain} 第 {seq} 条记录之前缺少第 {range} 条"),
    "LAST_ENTRY_MISSING": (
        "Missing at the end of chain {chain}: entry {range}; its head or a seal says that it has {length}",
        "链 {chain} 末尾缺少第 {range} 条记录：链头或封印载明共 {length} 条",
    ),
    "ENTRY_MOVED": (
        "Entries were reordered: at place {seq} of chain {chain} stands entry {was} of chain {origin}",
        "记录顺序被调换：链 {chain} 第 {seq} 位上是链 {origin} 的第 {was} 条记录",
    ),
    "ENTRY_UNORDERED": (
        "Lines were reordered: entry {seq} of chain {chain} stands behind a later one",
        "行序被调换：链 {chain} 第 {seq} 条记录排在更晚的记录之后",
    ),
    "ENTRY_TWICE": ("Entry {seq} of chain {chain} stands here twice", "链 {chain} 第 {seq} 条记录出现两次"),
    "ENTRY_COLUMNS": (
        "The columns of entry {seq} of chain {chain} disagree with its text: {columns}",
        "链 {chain} 第 {seq} 条记录的列与内容不一致：{columns}",
    ),
    "CHAIN_MISSING": (
        "Chain {chain} is missing: a seal or the header names it, and nothing of it is here",
        "缺少链 {chain}：封印或文件头载有此链，文件中却没有",
    ),
    "CHAIN_EMPTY": (
        "Chain {chain} is empty, and so is its head: what began it is missing",
        "链 {chain} 为空，链头亦为空：缺少起始记录",
    ),
    "CHAIN_TWICE": ("Chain {chain} stands here twice", "链 {chain} 出现两次"),
    "CHAIN_HEAD_MISSING": (
        "The head of chain {chain} is missing: its entries are here, and what they belong to is not",
        "缺少链 {chain} 的链头：有记录而无所属实例",
    ),
    "CHAIN_HEAD_BEHIND": (
        "The head of chain {chain} knows {length} entries, but there are more: entry {range}",
        "链 {chain} 的链头只载明 {length} 条记录，实际多出第 {range} 条",
    ),
    "CHAIN_HEAD_CHANGED": (
        "The head of chain {chain} was changed: its last entry, {seq}, is the one that a seal holds",
        "链 {chain} 的链头被改动：末条（第 {seq} 条）与封印一致",
    ),
    "CHAIN_REWRITTEN": (
        "Chain {chain} was rewritten: entry {seq} is not the one that seal {seal} holds; the first false one comes after entry {after}",
        "链 {chain} 被重写：第 {seq} 条记录与第 {seal} 号封印不符，篡改始于第 {after} 条之后",
    ),
    "SEAL_CHANGED": ("Seal {seal} was changed: its text does not give its hash", "第 {seal} 号封印被改动：内容与哈希不符"),
    "SEAL_FORGED": (
        "Seal {seal} is forged: its signature is not that of the key over this text",
        "第 {seal} 号封印系伪造：签名与密钥或内容不符",
    ),
    "SEAL_KEY": ("Seal {seal} was made with an unknown key (fingerprint {key})", "第 {seal} 号封印使用未知密钥（指纹 {key}）"),
    "SEAL_COLUMNS": ("The columns of seal {seal} disagree with its text", "第 {seal} 号封印的列与内容不一致"),
    "SEAL_MISSING": ("Missing: seal {range}", "缺少第 {range} 号封印"),
    "SEAL_REPLACED": ("Seal {seal} was replaced: {witness} names another one", "第 {seal} 号封印被替换：{witness} 所载为另一封印"),
    "SEAL_UNORDERED": ("Seal {seal} stands behind a later one", "第 {seal} 号封印排在更晚的封印之后"),
    "SEAL_COUNT": (
        "Seal {seal} counts {count} chains, but the seals up to it name {named}: chains vanished before it was made",
        "第 {seal} 号封印载明共 {count} 条链，而历次封印列有 {named} 条：封印前已有链消失",
    ),
    "SEAL_UNKNOWN": ("The seal with hash {hash} is missing, which you know of", "缺少您所知的封印（哈希 {hash}）"),
    "LINE_UNREADABLE": ("Line {line} cannot be read as a line of an export", "第 {line} 行无法读取"),
    "LINE_UNEXPECTED": ("Line {line} does not belong where it stands", "第 {line} 行位置不当"),
    "EXPORT_CUT_OFF": ("The export was cut off: its last line is missing", "导出文件不完整：缺少结束行"),
    "EXPORT_COUNTS": ("The export's last line promises {promised}, but found {found}", "结束行载明 {promised}，实际为 {found}"),
}


class NotAnExport(ValueError):
    """The file is not an export of this format and version."""


class Finding(NamedTuple):
    """One thing that is wrong, in both languages, with the numbers of what it is about (None where it is about none)."""

    code: str
    chain: str | None
    seq: int | None
    seal: int | None
    english: str
    chinese: str

    def __str__(self):
        return f"{self.code}: {self.english}. {self.chinese}。"


class Link(NamedTuple):
    """What a chain's check needs of an entry. `suspect`: it is wrong by itself, so its neighbours prove nothing more."""

    seq: int
    previous: str | None
    hash: str
    suspect: bool


def verify(lines, public_keys=(), known_seals=()):
    """Every Finding of an export, given as its lines (text or bytes). Raises NotAnExport."""
    return examine(lines, public_keys, known_seals).findings


def examine(lines, public_keys=(), known_seals=()):
    """A Verification that has read all `lines`. `public_keys`: the only ones to trust, hexadecimal; without any, those of the header."""
    verification = Verification(known_seals)
    for number, line in enumerate(lines, 1):
        verification.read(number, line, public_keys)
    verification.finish()
    return verification


class Verification:
    """Reads an export line by line; keeps one chain at a time, and of the seals how far each chain had come."""

    def __init__(self, known_seals=()):
        self.findings, self.keys, self.last_seal = [], None, None
        self.counts = {"seals": 0, "chains": 0, "entries": 0}
        self.unsealed = 0
        self._scope, self._ended = None, False
        self._sealed, self._seen = {}, set()  # chain -> [(length, head, seal number)]; chains already read
        self._seals, self._unbroken, self._sound = {}, True, True  # number -> hash; is any missing or bad so far; is the last one good
        self._told, self._known_seals = {}, set(known_seals)
        self._open, self._kept, self._links = None, None, []  # the chain that is being read, its head, its entries

    def find(self, code, **facts):
        """Note a finding."""
        english, chinese = (words.format(**facts) for words in WORDS[code])
        self.findings.append(Finding(code, facts.get("chain"), facts.get("seq"), facts.get("seal"), english, chinese))

    def read(self, number, line, public_keys=()):
        """Take the next line."""
        row = _row(line)
        if self.keys is None:
            self._header(row, public_keys)
        elif row is None:
            self.find("LINE_UNREADABLE", line=number)
        elif self._ended or row["type"] == "header" or (row["type"] == "seal" and self._seen):
            self.find("LINE_UNEXPECTED", line=number)
        else:
            getattr(self, "_" + row["type"])(row)

    def finish(self):
        """The stream is at its end: what has not come by now is missing."""
        if self.keys is None:
            raise NotAnExport("Expected an export of history, but found an empty file")
        self._close()
        if not self._ended:
            self.find("EXPORT_CUT_OFF")
        for chain in sorted((set(self._sealed) | self._scope_chains() | ({SEALS} if self._seals else set())) - self._seen):
            self.find("CHAIN_MISSING", chain=chain)
        for seal, (digest, seq) in sorted(self._told.items()):
            if seal not in self._seals:
                if not self._seals or seal > max(self._seals):
                    self.find("SEAL_MISSING", range=seal, seal=seal)
            elif self._seals[seal] != digest:
                self.find("SEAL_REPLACED", seal=seal, witness=f"entry {seq} of chain {SEALS}")
        for digest in sorted(self._known_seals - set(self._seals.values())):
            self.find("SEAL_UNKNOWN", hash=digest)

    def summary(self, trusted):
        """What was read and whether it is whole. `trusted`: the public key came from the auditor, not from the export."""
        counts, findings = "{chains} chains, {entries} entries, {seals} seals".format(**self.counts), len(self.findings)
        verdict = f"{findings} findings in" if findings else "Intact:"
        lines = [f"{verdict} {counts}. {'完好' if not findings else f'发现 {findings} 处问题'}。"]
        if self.last_seal:
            lines.append("The last seal is {} of {}, hash {}.".format(*self.last_seal))
        if self.unsealed:
            lines.append(f"Not yet under a seal, guarded only by the heads beside the state: {self.unsealed} entries.")
        if self.last_seal and not trusted:
            keys = ", ".join(self.keys)
            lines.append(f"The public key came from the export itself; compare its fingerprint with the one on paper: {keys}")
        return "\n".join(lines) + "\n"

    def _header(self, row, public_keys):
        row = row or {}
        if row.get("type") != "header" or row.get("format") != FORMAT or row.get("version") != VERSION:
            raise NotAnExport(f"Expected an export of history (format {FORMAT}, version {VERSION}), but its first line says otherwise")
        try:
            self.keys = {hashlib.sha256(bytes.fromhex(key)).hexdigest(): bytes.fromhex(key) for key in public_keys or row["public_keys"]}
            self._scope = None if row["scope"] == "all" else {*row["chains"], SEALS}
        except (KeyError, TypeError, ValueError) as error:
            raise NotAnExport("Expected a header with scope and public keys in hexadecimal, but it is damaged") from error

    def _scope_chains(self):
        return (self._scope or set()) - {SEALS}

    # Seals

    def _seal(self, row):
        self.counts["seals"] += 1
        number, written = row["number"], row["body"].encode("utf-8", "surrogatepass")
        expected, follows = (self.last_seal[0] + 1, self.last_seal[2]) if self.last_seal else (1, GENESIS)
        self._seals[number] = row["hash"]
        body = _object(row["body"], SEAL_BODY)
        good = False
        if hashlib.sha256(written).hexdigest() != row["hash"]:
            self.find("SEAL_CHANGED", seal=number)
        elif body is None:
            self.find("SEAL_FORGED", seal=number)
        elif str(body["key"]) not in self.keys:
            self.find("SEAL_KEY", seal=number, key=body["key"])
        elif not verifies(self.keys[body["key"]], written, row["signature"]):
            self.find("SEAL_FORGED", seal=number)
        elif (body["number"], body["day"]) != (number, row["day"]):
            self.find("SEAL_COLUMNS", seal=number)
        else:
            good = True
        if number > expected:
            self.find("SEAL_MISSING", range=_range(expected, number - 1), seal=expected)
        elif number < expected:
            self.find("SEAL_UNORDERED", seal=number)
        elif good and self._sound and body["previous"] != follows:
            self.find("SEAL_REPLACED", seal=number - 1, witness=f"seal {number}")
        self.last_seal, self._sound = (number, row["day"], row["hash"]), good
        self._unbroken = self._unbroken and good and number == expected
        if good:
            self._take(body)

    def _take(self, body):
        for chain, length, head in body["chains"]:
            if self._scope is None or chain in self._scope:
                self._sealed.setdefault(chain, []).append((length, head, body["number"]))
        if self._scope is None and self._unbroken and len(self._sealed) != body["count"]:
            self.find("SEAL_COUNT", seal=body["number"], count=body["count"], named=len(self._sealed))

    # Chains

    def _chain(self, row):
        self.counts["chains"] += 1
        self._begin(row["chain"], (row["length"], row["head"]))

    def _begin(self, chain, kept):
        self._close()
        self._open, self._kept, self._links = chain, kept, []
        if chain in self._seen:
            self.find("CHAIN_TWICE", chain=chain)
        self._seen.add(chain)

    def _entry(self, row):
        self.counts["entries"] += 1
        chain, seq, text = row["chain"], row["seq"], row["body"]
        if chain != self._open:
            self._begin(chain, None)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        body = _object(text, BODY)
        suspect = True
        if digest != row["hash"]:
            self.find("ENTRY_CHANGED", chain=chain, seq=seq)
        elif body is None:
            self.find("ENTRY_REPLACED", chain=chain, seq=seq)
        elif body["chain"] != chain or body["seq"] != seq:
            self.find("ENTRY_MOVED", chain=chain, seq=seq, was=body["seq"], origin=body["chain"])
        else:
            suspect = False
            differing = [name for name in ("at", "actor", "kind", "element") if body[name] != row[name]]
            if differing:
                self.find("ENTRY_COLUMNS", chain=chain, seq=seq, columns=", ".join(differing))
            told = body["data"] if chain == SEALS and body["kind"] == "seal:made" else None
            if isinstance(told, dict) and type(told.get("number")) is int:
                self._told[told["number"]] = (told.get("hash"), seq)
        self._links.append(Link(seq, body["previous"] if body else None, row["hash"], suspect))

    def _end(self, row):
        self._ended = True
        for name, found in self.counts.items():
            if row[name] != found:
                self.find("EXPORT_COUNTS", promised=f"{row[name]} {name}", found=found)

    def _close(self):
        """The chain that was being read is complete: is it whole, and is it the one that the seals hold?"""
        if self._open is None:
            return
        chain, kept, seals = self._open, self._kept, self._sealed.get(self._open, [])
        links = self._in_order(chain)
        last = links[-1].seq if links else 0
        if kept is None:
            self.find("CHAIN_HEAD_MISSING", chain=chain)
        elif last > kept[0]:
            self.find("CHAIN_HEAD_BEHIND", chain=chain, length=kept[0], range=_range(kept[0] + 1, last))
        length = max([kept[0] if kept else 0, *(sealed for sealed, _, _ in seals)])
        if kept and not length:
            self.find("CHAIN_EMPTY", chain=chain)
        if last < length:
            self.find("LAST_ENTRY_MISSING", chain=chain, seq=last + 1, range=_range(last + 1, length), length=length)
        head = kept[1] if kept and kept[0] == last else None
        self._judge(chain, links, head, seals)
        if chain != SEALS:
            self.unsealed += max(0, last - (seals[-1][0] if seals else 0))

    def _in_order(self, chain):
        """The entries of the chain by their numbers; notes the lines that were not so, and the gaps."""
        latest = 0
        for link in self._links:
            if link.seq < latest:
                self.find("ENTRY_UNORDERED", chain=chain, seq=link.seq)
            latest = max(latest, link.seq)
        links, expected = [], 1
        for link in sorted(self._links, key=lambda link: link.seq):
            if links and links[-1].seq == link.seq:
                self.find("ENTRY_TWICE", chain=chain, seq=link.seq)
                continue
            if link.seq > expected:
                self.find("ENTRY_MISSING", chain=chain, seq=link.seq, range=_range(expected, link.seq - 1))
            expected = link.seq + 1
            links.append(link)
        return links

    def _judge(self, chain, links, head, seals):
        """Who is to blame where two neighbours do not fit: the one that fits on neither side, or the one that no seal vouches for."""
        by_seq = {link.seq: link for link in links}
        sealed = [(length, seal, by_seq[length].hash == digest) for length, digest, seal in seals if length in by_seq]
        proven = {length for length, _, same in sealed if same}
        guilty = {link.seq for link in links if link.suspect}
        broken = _broken(links, head)
        for place in broken:
            before = links[place - 1] if place else None
            after = links[place] if place < len(links) else None
            if any(link and link.seq in guilty for link in (before, after)):
                continue
            if after is None and before.seq in proven:
                self.find("CHAIN_HEAD_CHANGED", chain=chain, seq=before.seq)
                continue
            later = before is None or (after is not None and after.seq not in proven and (before.seq in proven or place + 1 in broken))
            culprit = after if later else before
            guilty.add(culprit.seq)
            self.find("ENTRY_REPLACED", chain=chain, seq=culprit.seq)
        for length, seal, same in sealed:
            if not same and length not in guilty:
                honest = max((known for known in proven if known < length), default=0)
                self.find("CHAIN_REWRITTEN", chain=chain, seq=length, seal=seal, after=honest)
                break


def _broken(links, head):
    """The places where neighbours do not fit, in order: place n stands before links[n], the last one before the head (None: unknown)."""
    places = []
    for place, link in enumerate(links):
        before = links[place - 1] if place else None
        joined = link.seq == (before.seq + 1 if before else 1)
        if joined and link.previous != (before.hash if before else GENESIS) and not link.suspect:
            places.append(place)
    if links and head is not None and links[-1].hash != head:
        places.append(len(links))
    return places


def _row(line):
    """A line as a dict with the keys and types of its kind; None for anything else."""
    row = _object(line)
    if row is None or row.get("type") == "header":
        return row
    if not isinstance(row.get("type"), str) or row.keys() != KEYS.get(row["type"]):
        return None
    return row if all(type(row[name]) is TYPES[name] for name in row if name in TYPES) else None


def _object(text, keys=None):
    try:
        found = json.loads(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and (keys is None or found.keys() == keys) else None


def _range(first, last):
    return str(first) if first == last else f"{first}–{last}"


# Ed25519, RFC 8032 section 5.1. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


def _add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * _D * one[3] * other[3] % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _decode(encoded):
    """32 bytes -> a point, or None where they encode none (section 5.1.3)."""
    y, sign = int.from_bytes(encoded, "little") & (2**255 - 1), encoded[31] >> 7
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if x * x % _P != square:
        x = x * _ROOT % _P
    if x * x % _P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


_BASE = _decode((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def verifies(public, message, signature):
    """Is `signature` (hexadecimal) that of `message` by the key `public` (32 bytes)? Without cofactor, as OpenSSL does it."""
    try:
        signed = bytes.fromhex(signature)
    except ValueError:
        return False
    if len(signed) != 64 or len(public) != 32:
        return False
    point, scalar = _decode(public), int.from_bytes(signed[32:], "little")
    if point is None or scalar >= _L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signed[:32] + public + message).digest(), "little") % _L
    minus = (_P - point[0], point[1], 1, _P - point[3])
    # scalar * base - challenge * point, both in one pass over the bits.
    steps, found = {(1, 0): _BASE, (0, 1): minus, (1, 1): _add(_BASE, minus)}, (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        found = _add(found, found)
        step = steps.get((scalar >> bit & 1, challenge >> bit & 1))
        if step:
            found = _add(found, step)
    inverse = pow(found[2], -1, _P)
    x, y = found[0] * inverse % _P, found[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signed[:32]


def _hex(text):
    if len(bytes.fromhex(text)) != 32:
        raise ValueError(text)
    return text.lower()


def main(arguments=None):
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(description="Check an export of Bihuan's history.")
    parser.add_argument("export", help="a file made with: flask --app wsgi history export")
    parser.add_argument(
        "--public-key", action="append", default=[], type=_hex, metavar="HEX", help="trust seals of this key only (may be repeated)"
    )
    parser.add_argument(
        "--known-seal", action="append", default=[], type=_hex, metavar="HASH", help="a seal that must be there (may be repeated)"
    )
    options = parser.parse_args(arguments)
    try:
        with open(options.export, "rb") as lines:
            found = examine(lines, options.public_key, options.known_seal)
    except (OSError, NotAnExport) as error:
        sys.stderr.write(f"{options.export}: {error}\n")
        return 2
    for finding in found.findings:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(found.summary(trusted=bool(options.public_key)))
    return 1 if found.findings else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
