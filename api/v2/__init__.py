"""The Camunda 8 Orchestration Cluster REST API, in the part that docs/v2.md lists."""
