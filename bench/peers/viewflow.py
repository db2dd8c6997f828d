"""viewflow: its flow in code, its human tasks, its own rows. Runs in an environment of its own, because its licence is the AGPL."""

import django
from django.conf import settings
from django.db import connection


class Viewflow:
    """Its task row is task, candidate (`owner_permission`) and history (who, when, what) in one: it writes fewer rows than the rest.

    A task has its owner from the start and is not claimed, as with every other peer.
    """

    name = "viewflow"

    def setup(self, store):
        """See Peer."""
        settings.configure(
            DATABASES={"default": _database(store)},
            INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "viewflow.workflow", "bench.peers.viewflow_app"],
            USE_TZ=True, SECRET_KEY="bench", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )  # fmt: skip
        django.setup()
        from django.contrib.auth import get_user_model
        from django.core.management import call_command

        from bench.peers.viewflow_app.flows import HazardFlow

        call_command("migrate", verbosity=0)
        self._flow = HazardFlow.prepare(get_user_model().objects.create(username="u001"), store.is_sqlite)

    def start_case(self, fields):
        """See Peer."""
        process = self._flow.start.run(fields=fields)
        return process.pk, self._flow.take_opened()

    def complete(self, case, task, fields):
        """See Peer."""
        with self._flow.lock(case):
            row = self._flow.task_class.objects.select_related("process").get(pk=task)
            activation = row.flow_task.activation_class(row)
            activation.start(None)
            activation.process.data.update(fields)
            activation.process.save()
            activation.task.data = fields
            activation.execute()
        return self._flow.take_opened()

    def counts(self):
        """See Peer."""
        tasks = self._flow.task_class.objects
        human, started = tasks.filter(flow_task_type="HUMAN"), tasks.filter(flow_task_type="START")
        return {
            "cases": self._flow.process_class.objects.count(), "tasks": human.count(),
            "candidates": human.exclude(owner_permission=None).count(), "history": started.count() + human.exclude(finished=None).count(),
        }  # fmt: skip

    def close(self):
        """See Peer."""
        connection.close()


def _database(store):
    if store.is_sqlite:
        pragmas = f"PRAGMA journal_mode=WAL; PRAGMA synchronous={store.synchronous}; PRAGMA busy_timeout=10000"
        return {
            "ENGINE": "django.db.backends.sqlite3", "NAME": str(store.path),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": pragmas},
        }  # fmt: skip
    from psycopg.conninfo import conninfo_to_dict

    found = conninfo_to_dict(store.conninfo)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {"ENGINE": "django.db.backends.postgresql", **{key: found.get(name, "") for key, name in names.items()}}
