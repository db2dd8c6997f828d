"""一案双罚 by clicking: a refusal, an enterprise that pays, and its manager, who is heard, does not pay, and is not fined twice."""

from tests.journeys.test_penalty_refusal import go_their_own_ways


def test_a_refusal_costs_the_enterprise_and_its_manager_each_in_their_own_way(clicking):
    go_their_own_ways(clicking())
