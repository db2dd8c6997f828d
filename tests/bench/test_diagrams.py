"""bench/w1.bpmn and bench/w1_plain.bpmn: two spellings of one process."""

from pathlib import Path

import pytest
from lxml import etree

from bench import workload

BENCH = Path(__file__).parents[2] / "bench"
NAMES = {"bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL", "zeebe": "http://camunda.org/schema/zeebe/1.0"}


def read(name):
    return etree.parse(BENCH / name)


def nodes(tree):
    return {
        (etree.QName(node).localname, node.get("id"), node.get("default"))
        for node in tree.xpath("//bpmn:process/*[bpmn:incoming or bpmn:outgoing]", namespaces=NAMES)
    }


def flows(tree):
    return {(flow.get("id"), flow.get("sourceRef"), flow.get("targetRef")) for flow in tree.xpath("//bpmn:sequenceFlow", namespaces=NAMES)}


def test_both_spellings_have_the_same_elements_and_flows():
    dialect, plain = read("w1.bpmn"), read("w1_plain.bpmn")
    assert nodes(dialect) == nodes(plain)
    assert flows(dialect) == flows(plain)
    assert len(nodes(dialect)) == 12


def test_both_offer_each_task_to_the_same_group():
    dialect = {
        task.get("id"): task.xpath("string(.//zeebe:assignmentDefinition/@candidateGroups)", namespaces=NAMES)
        for task in read("w1.bpmn").xpath("//bpmn:userTask", namespaces=NAMES)
    }
    assert dialect == {element: f'=["{group}"]' for element, group in workload.GROUPS.items()}
    lanes = read("w1_plain.bpmn").xpath("//bpmn:lane", namespaces=NAMES)
    assert {node.text: lane.get("name") for lane in lanes for node in lane} == workload.GROUPS


@pytest.mark.parametrize("name", ["w1.bpmn", "w1_plain.bpmn"])
def test_every_node_names_the_flows_that_reach_and_leave_it(name):
    tree = read(name)
    for flow, source, target in flows(tree):
        assert tree.xpath(f"//*[@id='{source}']/bpmn:outgoing[.='{flow}']", namespaces=NAMES)
        assert tree.xpath(f"//*[@id='{target}']/bpmn:incoming[.='{flow}']", namespaces=NAMES)
