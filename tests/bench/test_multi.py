"""bench/multi.py: the part runs on the product, and its ratio is held against the target."""

from bench import multi, report, stores


def test_steps_of_multi_instances_are_measured_in_turns(tmp_path):
    with stores.new_store("SQLite NORMAL", "multi", tmp_path, None) as store:
        found = multi.measure(store, (3, 80), 4)

    assert list(found) == [3, 80]
    assert found[3]["ratio"] == 1
    assert found[80]["ms"] > 0
    (target,) = report.targets({"multi": {store.name: found}})
    assert target["what"] == "a step of a multi-instance of 80 ÷ of 3, SQLite NORMAL"
    assert target["found"] == found[80]["ratio"]
