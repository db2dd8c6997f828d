"""The product beside its peers: W1 through engine.commands, its inbox at a million tasks, its completions over HTTP.

To be offered here, each under the contract of the Protocol in brackets; until then the bench says that it misses them, and its exit code
is 1.

- `Product` (bench.peers.Peer, name "product"): deploys bench/w1.bpmn, starts and completes through the commands with access checks, FEEL,
  variables, history and hash chain on. `store.url` is for SQLAlchemy, `store.synchronous` is NORMAL or FULL (empty on PostgreSQL).
- `ProductInbox` (bench.inbox.Inbox, name "product"): `first_page` through engine.queues, `served` the same page through the API.
- `ProductService` (bench.over_http.Service, name "product"): completions of user tasks through the API.
"""
