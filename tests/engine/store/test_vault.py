"""engine/store/vault.py: what must be erasable stands only in its own table, encrypted; history holds a mark and a reference."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import func, select

from engine.domain.secret import Secret
from engine.store.records import Confidential
from engine.store.store import Store
from engine.store.vault import ERASE, KEEP, VALUE, Vault

PATHS = {"reporter.phone": Secret("电话", "举报受理", "主要领导"), "seen.idNumber": Secret("身份证号"), "absent.name": Secret("姓名")}
FILED = {"reporter": {"phone": "13800138000", "unit": "陈坊村"}, "seen": [{"idNumber": "310101"}, {"idNumber": "310102"}], "note": "堵塞"}


@pytest.fixture
def vault():
    return Vault(Fernet.generate_key())


def test_a_concealed_value_leaves_a_mark_and_a_row_that_opens_again(vault):
    concealed, rows = vault.conceal(FILED, PATHS, 7)

    assert not any(secret in repr((concealed, rows)) for secret in ("13800138000", "310101", "310102"))
    assert (concealed["note"], concealed["reporter"]["unit"]) == ("堵塞", "陈坊村")
    kept = {row["ref"]: vault.open(row["value"]) for row in rows}
    assert kept[concealed["reporter"]["phone"]["ref"]] == "13800138000"
    assert [kept[one["idNumber"]["ref"]] for one in concealed["seen"]] == ["310101", "310102"]
    assert {row["root_key"] for row in rows} == {7} and len(rows) == 3


def test_the_same_value_has_one_reference_in_a_case_and_another_in_the_next(vault):
    def ref(root_key):
        concealed, rows = vault.conceal({"a": "13800138000", "b": "13800138000"}, {"a": Secret(), "b": Secret()}, root_key)
        assert concealed["a"] == concealed["b"] and len(rows) == 1
        return rows[0]["ref"]

    assert ref(7) == ref(7) != ref(8)


def test_only_the_key_of_the_file_opens_it(vault, tmp_path):
    made = Vault.at(tmp_path / "vault")

    assert Vault.at(tmp_path / "vault").open(made.seal({"n": 1})) == {"n": 1}
    with pytest.raises(InvalidToken):
        vault.open(made.seal("310101"))


def test_a_value_is_kept_once_read_and_erased(store_engine, vault):
    store, (_, rows) = Store(store_engine), vault.conceal(FILED, PATHS, 7)
    for _ in range(2):
        store.write(lambda transaction: transaction.write([(KEEP, rows)]))

    def value(transaction):
        return [vault.open(row.value) for row in transaction.fetch(VALUE, ref=rows[0]["ref"])]

    assert store.write(value) == ["13800138000"]
    store.write(lambda transaction: transaction.write([(ERASE, [{"ref": rows[0]["ref"]}])]))
    assert store.write(value) == []
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(Confidential)).scalar() == 2
